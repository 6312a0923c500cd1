package io.homeroom.till;

import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** An order at the gateway; its steps are here, and an illegal one fails. */
@Entity
@Table(name = "pay_order")
@DynamicUpdate
class OrderRow {

    /** The gateway's handle lives as long. */
    static final Duration VALID = Duration.ofHours(2);

    private static final Duration FIRST_QUERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "out_trade_no", updatable = false)
    String outTradeNo = "";

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(updatable = false)
    String bills = "";

    @Column(name = "for_what", updatable = false)
    @Nullable
    String forWhat;

    @Column(name = "amount_fen", updatable = false)
    long amountFen;

    @Column(updatable = false)
    String channel = "";

    @Column(updatable = false)
    @Nullable
    String openid;

    @Column(name = "app_id", updatable = false)
    String appId = "";

    @Column(name = "mch_id", updatable = false)
    String mchId = "";

    String state = "";

    @Column(updatable = false)
    String description = "";

    @Column(name = "created_at", updatable = false)
    Instant createdAt = Instant.EPOCH;

    @Column(name = "expires_at", updatable = false)
    Instant expiresAt = Instant.EPOCH;

    @Column(name = "prepay_id")
    @Nullable
    String prepayId;

    @Column(name = "code_url")
    @Nullable
    String codeUrl;

    @Column(name = "transaction_id")
    @Nullable
    String transactionId;

    @Column(name = "query_at")
    @Nullable
    Instant queryAt;

    int queries;

    @Column(name = "open_key")
    @Nullable
    String openKey;

    protected OrderRow() {}

    static String codes(Set<Long> bills) {
        return new TreeSet<>(bills).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    Set<Long> billIds() {
        return bills.isEmpty()
                ? Set.of()
                : Arrays.stream(bills.split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    OrderState state() {
        return OrderState.of(state);
    }

    /** When a new order is asked about first. */
    static Instant firstQuery(Instant created) {
        return created.plus(FIRST_QUERY);
    }

    /** Plans the next question to the gateway, each wait longer than the one before, but not past the order's end. */
    void queried(Instant now) {
        Duration wait = FIRST_QUERY.multipliedBy(1L << Math.min(queries + 1, 10));
        Instant next = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        queries++;
        queryAt = now.isBefore(expiresAt) && next.isAfter(expiresAt) ? expiresAt : next;
    }

    void placed(@Nullable String prepay, @Nullable String code) {
        // A slow answer may come after money or a settlement: it changes nothing then.
        if (state() == OrderState.CREATED) {
            become(OrderState.PAYING);
        }
        prepayId = prepay;
        codeUrl = code;
    }

    /** To be closed at the gateway as soon as can be. */
    void giveUp(Instant now) {
        if (!state().isOpen()) {
            throw new IllegalStateException("Order " + outTradeNo + " is " + state + " and cannot be given up");
        }
        become(OrderState.CLOSING);
        openKey = null;
        queryAt = now;
    }

    /** Money arrived, in whatever state the order was: late money is money. */
    void paid(String transaction) {
        if (state() == OrderState.PAID) {
            throw new IllegalStateException("Order " + outTradeNo + " is paid already");
        }
        become(OrderState.PAID);
        transactionId = transaction;
        openKey = null;
        queryAt = null;
    }

    void closed(Instant now) {
        if (!state().isOpen()) {
            throw new IllegalStateException("Order " + outTradeNo + " is " + state + " and cannot be closed");
        }
        boolean ranOut = state() != OrderState.CLOSING && !now.isBefore(expiresAt);
        become(ranOut ? OrderState.EXPIRED : OrderState.CLOSED);
        openKey = null;
        queryAt = null;
    }

    private void become(OrderState next) {
        state = next.code();
    }

    Order show() {
        return new Order(
                id,
                outTradeNo,
                memberId,
                billIds(),
                forWhat,
                new Money(amountFen),
                Channel.of(channel),
                openid,
                state(),
                createdAt,
                expiresAt,
                prepayId,
                codeUrl,
                transactionId,
                description);
    }
}
