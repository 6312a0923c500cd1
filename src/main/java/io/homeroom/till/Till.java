package io.homeroom.till;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes money and gives it back. However it came, a payment has the same effect. Works inside a tenant.
 */
@Service
@Transactional
public class Till {

    private final EntityManager rows;
    private final JdbcClient jdbc;
    private final Clock wire;
    private final Lawbook lawbook;
    private final OrderBook orders;
    private final Alerts alerts;
    private final ObjectProvider<Booking> booking;
    private final ObjectProvider<Objection> objections;
    private final ApplicationEventPublisher events;

    Till(
            EntityManager rows,
            JdbcClient jdbc,
            @Qualifier("wireClock") Clock wire,
            Lawbook lawbook,
            OrderBook orders,
            Alerts alerts,
            ObjectProvider<Booking> booking,
            ObjectProvider<Objection> objections,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.wire = wire;
        this.lawbook = lawbook;
        this.orders = orders;
        this.alerts = alerts;
        this.booking = booking;
        this.objections = objections;
        this.events = events;
    }

    /**
     * Notes money that arrived and books it.
     *
     * @param amount positive
     * @param receivedAt when it arrived; the day in Shanghai counts
     * @param externalId the bank's or caller's own number: a repetition answers as the first call did
     * @param memo the purpose stated
     * @param forWhat a year, {@code term}, or null for whatever is open
     * @param by staff user name
     * @return the payment, {@link PayState#SETTLED} or {@link PayState#UNMATCHED}; or the bylaws' refusal, after which the
     *     payment stands as {@link PayState#REFUSED}
     */
    public Outcome<Payment> receive(
            long member,
            Money amount,
            Method method,
            Instant receivedAt,
            @Nullable String externalId,
            String memo,
            @Nullable String forWhat,
            String by) {
        return take(member, amount, method, receivedAt, externalId, memo, forWhat, by, null);
    }

    Outcome<Payment> take(
            long member,
            Money amount,
            Method method,
            Instant receivedAt,
            @Nullable String externalId,
            String memo,
            @Nullable String forWhat,
            String by,
            @Nullable String order) {
        if (!amount.isPositive()) {
            return Outcome.refused("金额须大于零。");
        }
        Optional<PaymentRow> before = externalId == null ? Optional.empty() : byExternal(externalId);
        if (before.isPresent()) {
            return again(before.get(), member, amount);
        }
        long id = Ids.next();
        try {
            insert(id, member, amount, method, receivedAt, externalId, memo, forWhat, by, order);
        } catch (DuplicateKeyException recordedMeanwhile) {
            return again(byExternal(String.valueOf(externalId)).orElseThrow(() -> recordedMeanwhile), member, amount);
        }
        PaymentRow row = rows.find(PaymentRow.class, id);
        Fees fees = lawbook.of(row.show().receivedOn()).fees();
        Fees.Donation gift = fees == null ? null : fees.donation();
        if (gift != null && gift.meant(memo)) {
            row.become(PayState.UNMATCHED);
            rows.flush();
            events.publishEvent(new PaymentUnmatched(row.show(), gift.cite()));
            return Outcome.done(row.show());
        }
        Fees.Memo word = memoWanted(row);
        if (word != null && !memo.contains(word.word())) {
            row.become(PayState.UNMATCHED);
            rows.flush();
            events.publishEvent(new PaymentUnmatched(row.show(), word.cite()));
            return Outcome.done(row.show());
        }
        return settle(row);
    }

    private void insert(
            long id,
            long member,
            Money amount,
            Method method,
            Instant receivedAt,
            @Nullable String externalId,
            String memo,
            @Nullable String forWhat,
            String by,
            @Nullable String order) {
        // Plain SQL: after a duplicate key the transaction goes on, which a persistence context would not.
        jdbc.sql("insert into payment (association_id, id, member_id, amount_fen, method, received_at,"
                        + " external_id, memo, for_what, state, order_no, recorded_by) values (:association, :id,"
                        + " :member, :amount, :method, :received, :external, :memo, :forWhat, :state, :order,"
                        + " :by)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", member)
                .param("amount", amount.fen())
                .param("method", method.code())
                .param("received", utc(receivedAt))
                .param("external", externalId, java.sql.Types.VARCHAR)
                .param("memo", memo)
                .param("forWhat", forWhat, java.sql.Types.VARCHAR)
                .param("state", PayState.UNMATCHED.code())
                .param("order", order, java.sql.Types.VARCHAR)
                .param("by", by)
                .update();
    }

    private Optional<PaymentRow> byExternal(String externalId) {
        return rows.createQuery("from PaymentRow p where p.externalId = :external", PaymentRow.class)
                .setParameter("external", externalId)
                .getResultStream()
                .findFirst();
    }

    private static Outcome<Payment> again(PaymentRow row, long member, Money amount) {
        if (row.memberId != member || row.amountFen != amount.fen()) {
            return Outcome.refused("这个流水号已记过另一笔款项，请核对。");
        }
        return row.refusal == null ? Outcome.done(row.show()) : Outcome.refused(row.refused());
    }

    private Fees.@Nullable Memo memoWanted(PaymentRow row) {
        if (!row.method.equals(Method.BANK_TRANSFER.code())) {
            return null;
        }
        Fees fees = lawbook.of(row.show().receivedOn()).fees();
        return fees == null ? null : fees.memo();
    }

    private Outcome<Payment> settle(PaymentRow row) {
        row.become(PayState.SETTLED);
        Payment payment = row.show();
        Optional<Refusal> objection =
                objection(payment.memberId(), payment.amount(), payment.receivedOn(), payment.forWhat());
        if (objection.isPresent()) {
            return refuse(row, objection.get());
        }
        Outcome<List<Long>> booked = booking.getObject().book(payment);
        if (booked instanceof Outcome.Refused<List<Long>> refused) {
            return refuse(row, refused.refusal());
        }
        rows.flush();
        orders.stale(payment.memberId(), wire.instant());
        events.publishEvent(new PaymentSettled(payment, booked.get()));
        return Outcome.done(payment);
    }

    Optional<Refusal> objection(long member, Money amount, LocalDate on, @Nullable String forWhat) {
        return objections
                .orderedStream()
                .map(one -> one.to(member, amount, on, forWhat))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Outcome<Payment> refuse(PaymentRow row, Refusal why) {
        row.refuse(why);
        rows.flush();
        events.publishEvent(new PaymentRefused(row.show(), why));
        return Outcome.refused(why);
    }

    /** Notes money of an order that is not to be booked: all of it goes back. */
    Payment takeBack(Order order, Instant paidAt, String transactionId, Refusal why) {
        long id = Ids.next();
        insert(
                id,
                order.memberId(),
                order.amount(),
                Method.WECHAT,
                paidAt,
                transactionId,
                order.description(),
                order.forWhat(),
                "wechat",
                order.outTradeNo());
        PaymentRow row = rows.find(PaymentRow.class, id);
        refuse(row, why);
        refund(row.memberId, row.id, order.amount(), why.reason(), why.clauses());
        return row.show();
    }

    /** A member's payments, oldest first, whatever became of them. */
    @Transactional(readOnly = true)
    public List<Payment> of(long member) {
        return rows.createQuery("from PaymentRow p where p.memberId = :member order by p.id", PaymentRow.class)
                .setParameter("member", member)
                .getResultStream()
                .map(PaymentRow::show)
                .toList();
    }

    /** What was booked of many members' money that arrived on these days, first and last included. */
    @Transactional(readOnly = true)
    public Money received(Collection<Long> members, LocalDate from, LocalDate to) {
        if (members.isEmpty()) {
            return Money.ZERO;
        }
        Long fen = rows.createQuery(
                        "select sum(p.amountFen) from PaymentRow p where p.memberId in :members and p.state = :settled"
                                + " and p.receivedAt >= :from and p.receivedAt < :to",
                        Long.class)
                .setParameter("members", members)
                .setParameter("settled", PayState.SETTLED.code())
                .setParameter("from", from.atStartOfDay(Payment.ZONE).toInstant())
                .setParameter("to", to.plusDays(1).atStartOfDay(Payment.ZONE).toInstant())
                .getSingleResult();
        return fen == null ? Money.ZERO : new Money(fen);
    }

    /** The payment of a key. */
    @Transactional(readOnly = true)
    public Optional<Payment> find(long payment) {
        return Optional.ofNullable(rows.find(PaymentRow.class, payment)).map(PaymentRow::show);
    }

    /** Payments in a state, in the order in which they were recorded; null for all. */
    @Transactional(readOnly = true)
    public List<Payment> search(@Nullable PayState state, long after, int limit) {
        return rows.createQuery(
                        "from PaymentRow p where p.id > :after and (:state is null or p.state = :state) order by p.id",
                        PaymentRow.class)
                .setParameter("after", after)
                .setParameter("state", state == null ? null : state.code())
                .setMaxResults(limit)
                .getResultStream()
                .map(PaymentRow::show)
                .toList();
    }

    /** People have recognised an unmatched remittance: it is booked as of the day on which it arrived. */
    public Outcome<Payment> matched(long payment, String by) {
        PaymentRow row = locked(payment);
        if (row.is(PayState.SETTLED)) {
            return Outcome.done(row.show());
        }
        if (!row.is(PayState.UNMATCHED)) {
            return Outcome.refused("这笔款项不在待核对之列。");
        }
        if (promised(payment).isPositive()) {
            return Outcome.refused("这笔款项已安排退回，不能再入账。");
        }
        return settle(row);
    }

    /** It never arrived after all, as a cheque that bounced: its bills are owed again. */
    public Outcome<Payment> reverse(long payment, String by) {
        PaymentRow row = locked(payment);
        if (promised(payment).isPositive()) {
            return Outcome.refused("这笔款项已安排退回，不能冲销。");
        }
        if (row.is(PayState.SETTLED)) {
            booking.getObject().unbook(row.show());
        } else if (!row.is(PayState.UNMATCHED)) {
            return Outcome.refused("只有已入账或待核对的款项可以冲销。");
        }
        row.become(PayState.REVERSED);
        rows.flush();
        return Outcome.done(row.show());
    }

    private PaymentRow locked(long payment) {
        PaymentRow row = rows.find(PaymentRow.class, payment);
        if (row == null) {
            throw new IllegalArgumentException("No payment " + payment);
        }
        rows.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }

    /**
     * Money is to go back: through the gateway if it came through it, else by hand, which {@link RefundDue} tells.
     *
     * @param payment out of which; of a booked one only what stands as credit. Null for money from before this till
     * @param amount positive
     * @param reason what the member reads
     * @param clauses by which clauses
     * @throws IllegalArgumentException if that much is not left of the payment
     */
    public Refund refund(long member, @Nullable Long payment, Money amount, String reason, List<String> clauses) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A refund is positive, not " + amount);
        }
        PaymentRow from = payment == null ? null : locked(payment);
        if (from != null) {
            Money left = new Money(from.amountFen).minus(promised(from.id));
            if (from.memberId != member || amount.compareTo(left) > 0) {
                throw new IllegalArgumentException("Of payment " + payment + " only " + left + " is left to refund");
            }
            if (from.is(PayState.SETTLED)) {
                booking.getObject().withhold(from.show(), amount);
            }
        }
        RefundRow row = new RefundRow(Ids.next(), member, from, amount, reason, clauses);
        if (row.outTradeNo != null) {
            row.tryAt = wire.instant().truncatedTo(ChronoUnit.MILLIS);
        }
        rows.persist(row);
        rows.flush();
        events.publishEvent(new RefundDue(row.show()));
        return row.show();
    }

    private Money promised(long payment) {
        Long fen = rows.createQuery("select sum(r.amountFen) from RefundRow r where r.paymentId = :payment", Long.class)
                .setParameter("payment", payment)
                .getSingleResult();
        return fen == null ? Money.ZERO : new Money(fen);
    }

    /** The money has gone back by hand; a repetition has no effect. */
    public void refundDone(long refund, Instant at, String by) {
        finish(lockedRefund(refund), at);
    }

    private RefundRow lockedRefund(long refund) {
        RefundRow row = rows.find(RefundRow.class, refund);
        if (row == null) {
            throw new IllegalArgumentException("No refund " + refund);
        }
        rows.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }

    private void finish(RefundRow row, Instant at) {
        if (row.state() == RefundState.DONE) {
            return;
        }
        row.become(RefundState.DONE);
        row.doneAt = at.truncatedTo(ChronoUnit.MILLIS);
        row.tryAt = null;
        rows.flush();
        back(row, PayState.REFUNDED);
        events.publishEvent(new RefundDone(row.show()));
    }

    /** A payment that goes back whole says so itself. */
    private void back(RefundRow refund, PayState state) {
        if (refund.paymentId == null) {
            return;
        }
        PaymentRow payment = rows.find(PaymentRow.class, refund.paymentId);
        if (payment != null && payment.amountFen == refund.amountFen) {
            payment.become(state);
            rows.flush();
        }
    }

    /** Takes over what the gateway says about a refund. */
    Outcome<Refund> heard(String outRefundNo, Gateway.RefundResult result) {
        RefundRow row = rows.createQuery("from RefundRow r where r.outRefundNo = :number", RefundRow.class)
                .setParameter("number", outRefundNo)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (row == null) {
            alerts.once("refund:" + outRefundNo, "refund", "收到不认识的退款结果，单号 " + outRefundNo + "，未作任何处理。");
            return Outcome.refused("没有这笔退款。");
        }
        if (row.state() == RefundState.DONE) {
            return Outcome.done(row.show());
        }
        if (result.refundId() != null) {
            row.gatewayId = result.refundId();
        }
        switch (result.state()) {
            case SUCCESS -> finish(row, result.doneAt() == null ? wire.instant() : result.doneAt());
            case PROCESSING -> {
                row.become(RefundState.REQUESTED);
                rows.flush();
                back(row, PayState.REFUNDING);
            }
            case UNKNOWN_REFUND -> row.become(RefundState.DUE);
            case CLOSED, ABNORMAL -> {
                row.become(RefundState.FAILED);
                row.tryAt = null;
                rows.flush();
                alerts.once("refund:" + outRefundNo, "refund", "微信退款未成功，单号 " + outRefundNo + "，请人工退回。");
                events.publishEvent(new RefundDue(row.show()));
            }
        }
        rows.flush();
        return Outcome.done(row.show());
    }

    /** Refunds that the gateway is to be asked for or about, each handed to one caller only. */
    List<Refund> refundsToTry(Instant now, int limit) {
        List<RefundRow> found = rows.createQuery(
                        "from RefundRow r where r.tryAt <= :now order by r.tryAt", RefundRow.class)
                .setParameter("now", now)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setMaxResults(limit)
                .getResultList();
        found.forEach(row -> row.tried(now));
        rows.flush();
        return found.stream().map(RefundRow::show).toList();
    }

    /** A member's refunds, oldest first. */
    @Transactional(readOnly = true)
    public List<Refund> refunds(long member) {
        return rows.createQuery("from RefundRow r where r.memberId = :member order by r.id", RefundRow.class)
                .setParameter("member", member)
                .getResultStream()
                .map(RefundRow::show)
                .toList();
    }

    /** The refund of a key. */
    @Transactional(readOnly = true)
    public Optional<Refund> refund(long refund) {
        return Optional.ofNullable(rows.find(RefundRow.class, refund)).map(RefundRow::show);
    }

    /** What has gone back to a member in all. */
    @Transactional(readOnly = true)
    public Money refunded(long member) {
        Long fen = rows.createQuery(
                        "select sum(r.amountFen) from RefundRow r where r.memberId = :member and r.state = 'done'",
                        Long.class)
                .setParameter("member", member)
                .getSingleResult();
        return fen == null ? Money.ZERO : new Money(fen);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    }
}
