package io.homeroom.till;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of orders. Each method is one transaction, or part of its caller's. */
@Component
@Transactional
class OrderBook {

    /** An order that runs out sooner is not shown to a payer again. */
    private static final Duration LEAST_LEFT = Duration.ofMinutes(5);

    private static final int RANDOM_PART = 8;

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final ObjectProvider<Booking> booking;

    OrderBook(EntityManager rows, JdbcClient jdbc, ObjectProvider<Booking> booking) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.booking = booking;
    }

    /** What a payer wants to pay. */
    record Wish(
            long member,
            Set<Long> bills,
            @Nullable String forWhat,
            Money amount,
            Channel channel,
            @Nullable String openid,
            String description) {

        String key() {
            String all = member + "|" + OrderRow.codes(bills) + "|" + forWhat + "|" + amount.fen() + "|"
                    + channel.code() + "|" + openid;
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The open order for the same wish, or a new one; of two at the same moment both get the same. */
    Order reserve(Wish wish, Gateway.Merchant merchant, Instant now) {
        OrderRow open = byKey(wish.key());
        if (open != null) {
            if (now.plus(LEAST_LEFT).isBefore(open.expiresAt)) {
                return open.show();
            }
            rows.refresh(open, LockModeType.PESSIMISTIC_WRITE);
            if (open.state().isOpen()) {
                open.giveUp(now);
                rows.flush();
            }
        }
        long id = Ids.next();
        String number = "H" + id + Ids.secret(RANDOM_PART);
        Instant created = now.truncatedTo(ChronoUnit.MILLIS);
        try {
            insert(id, number, wish, merchant, created);
        } catch (DuplicateKeyException openedMeanwhile) {
            OrderRow other = byKey(wish.key());
            if (other == null) {
                throw openedMeanwhile;
            }
            return other.show();
        }
        return rows.find(OrderRow.class, id).show();
    }

    private void insert(long id, String number, Wish wish, Gateway.Merchant merchant, Instant created) {
        jdbc.sql("insert into pay_order (association_id, id, out_trade_no, member_id, bills, for_what, amount_fen,"
                        + " channel, openid, app_id, mch_id, state, description, created_at, expires_at, query_at,"
                        + " queries, open_key) values (:association, :id, :number, :member, :bills, :forWhat, :amount,"
                        + " :channel, :openid, :app, :mch, :state, :description, :created, :expires, :query, 0, :key)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("number", number)
                .param("member", wish.member())
                .param("bills", OrderRow.codes(wish.bills()))
                .param("forWhat", wish.forWhat(), java.sql.Types.VARCHAR)
                .param("amount", wish.amount().fen())
                .param("channel", wish.channel().code())
                .param("openid", wish.openid(), java.sql.Types.VARCHAR)
                .param("app", merchant.appId())
                .param("mch", merchant.mchId())
                .param("state", OrderState.CREATED.code())
                .param("description", wish.description())
                .param("created", utc(created))
                .param("expires", utc(created.plus(OrderRow.VALID)))
                .param("query", utc(OrderRow.firstQuery(created)))
                .param("key", wish.key())
                .update();
    }

    private @Nullable OrderRow byKey(String key) {
        return rows.createQuery("from OrderRow o where o.openKey = :key", OrderRow.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    /** The order of a number, locked to the end of the transaction. */
    Optional<OrderRow> locked(String outTradeNo) {
        return rows.createQuery("from OrderRow o where o.outTradeNo = :number", OrderRow.class)
                .setParameter("number", outTradeNo)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    Optional<Order> find(String outTradeNo) {
        return rows.createQuery("from OrderRow o where o.outTradeNo = :number", OrderRow.class)
                .setParameter("number", outTradeNo)
                .getResultStream()
                .findFirst()
                .map(OrderRow::show);
    }

    @Transactional(readOnly = true)
    List<Order> of(long member) {
        return rows.createQuery("from OrderRow o where o.memberId = :member order by o.id", OrderRow.class)
                .setParameter("member", member)
                .getResultStream()
                .map(OrderRow::show)
                .toList();
    }

    Order placed(String outTradeNo, @Nullable String prepayId, @Nullable String codeUrl) {
        OrderRow row = locked(outTradeNo).orElseThrow();
        row.placed(prepayId, codeUrl);
        rows.flush();
        return row.show();
    }

    /** Notes that the gateway has closed it, unless money came meanwhile. */
    Order closed(String outTradeNo, Instant now) {
        OrderRow row = locked(outTradeNo).orElseThrow();
        if (row.state().isOpen()) {
            row.closed(now);
            rows.flush();
        }
        return row.show();
    }

    /** Gives up the open orders of a member whose amount is no longer what is owed on their bills. */
    void stale(long member, Instant now) {
        List<OrderRow> open = rows.createQuery(
                        "from OrderRow o where o.memberId = :member and o.state in ('created', 'paying')",
                        OrderRow.class)
                .setParameter("member", member)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        for (OrderRow row : open) {
            boolean fits = row.forWhat == null
                    && booking.getObject().owedOn(row.billIds()).fen() == row.amountFen;
            if (!fits) {
                row.giveUp(now);
            }
        }
        rows.flush();
    }

    /** Numbers of the open orders that the gateway is to be asked about by now. */
    @Transactional(readOnly = true)
    List<Order> toQuery(Instant now, int limit) {
        return rows.createQuery("from OrderRow o where o.queryAt <= :now order by o.queryAt", OrderRow.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultStream()
                .map(OrderRow::show)
                .toList();
    }

    /** Plans the next question and answers whether it is this caller's turn to ask now. */
    boolean claim(String outTradeNo, Instant now, boolean evenEarly) {
        OrderRow row = locked(outTradeNo).orElse(null);
        if (row == null || row.queryAt == null || (!evenEarly && row.queryAt.isAfter(now))) {
            return false;
        }
        row.queried(now);
        rows.flush();
        return true;
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
