package io.homeroom.till;

import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Money that goes back. */
@Entity
@Table(name = "refund")
@DynamicUpdate
class RefundRow {

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(name = "payment_id", updatable = false)
    @Nullable
    Long paymentId;

    @Column(name = "out_trade_no", updatable = false)
    @Nullable
    String outTradeNo;

    @Column(name = "out_refund_no", updatable = false)
    String outRefundNo = "";

    @Column(name = "order_amount_fen", updatable = false)
    long orderAmountFen;

    @Column(name = "amount_fen", updatable = false)
    long amountFen;

    @Column(updatable = false)
    String reason = "";

    @Column(updatable = false)
    String clauses = "";

    String state = RefundState.DUE.code();

    @Column(name = "gateway_id")
    @Nullable
    String gatewayId;

    int tries;

    @Column(name = "try_at")
    @Nullable
    Instant tryAt;

    @Column(name = "done_at")
    @Nullable
    Instant doneAt;

    protected RefundRow() {}

    RefundRow(long id, long memberId, @Nullable PaymentRow payment, Money amount, String reason, List<String> clauses) {
        this.id = id;
        this.memberId = memberId;
        this.outRefundNo = "R" + id;
        this.amountFen = amount.fen();
        this.reason = reason;
        this.clauses = String.join(",", clauses);
        this.orderAmountFen = payment == null ? amount.fen() : payment.amountFen;
        this.paymentId = payment == null ? null : payment.id;
        this.outTradeNo = payment == null ? null : payment.orderNo;
    }

    RefundState state() {
        return RefundState.of(state);
    }

    void become(RefundState next) {
        state = next.code();
    }

    /** Plans the next attempt or question, each wait longer than the one before. */
    void tried(Instant now) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries, 12));
        tryAt = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        tries++;
    }

    Refund show() {
        return new Refund(
                id,
                memberId,
                paymentId,
                outTradeNo,
                outRefundNo,
                new Money(orderAmountFen),
                new Money(amountFen),
                reason,
                clauses.isEmpty() ? List.of() : List.of(clauses.split(",")),
                state(),
                doneAt);
    }
}
