package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Money that arrived. Inserted by {@link Till} in plain SQL, so that a repetition can be met; only its state changes. */
@Entity
@Table(name = "payment")
@DynamicUpdate
class PaymentRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(name = "amount_fen", updatable = false)
    long amountFen;

    @Column(updatable = false)
    String method = "";

    @Column(name = "received_at", updatable = false)
    Instant receivedAt = Instant.EPOCH;

    @Column(name = "external_id", updatable = false)
    @Nullable
    String externalId;

    @Column(updatable = false)
    String memo = "";

    @Column(name = "for_what", updatable = false)
    @Nullable
    String forWhat;

    String state = "";

    @Column(name = "order_no", updatable = false)
    @Nullable
    String orderNo;

    @Column(name = "recorded_by", updatable = false)
    String recordedBy = "";

    @Nullable
    String refusal;

    @Column(name = "refusal_clauses")
    @Nullable
    String refusalClauses;

    protected PaymentRow() {}

    boolean is(PayState wanted) {
        return state.equals(wanted.code());
    }

    void become(PayState next) {
        state = next.code();
    }

    void refuse(Refusal why) {
        become(PayState.REFUSED);
        refusal = why.reason();
        refusalClauses = String.join(",", why.clauses());
    }

    Refusal refused() {
        String clauses = refusalClauses == null ? "" : refusalClauses;
        return new Refusal(
                clauses.isEmpty() ? List.of() : List.of(clauses.split(",")), refusal == null ? "" : refusal, null);
    }

    Payment show() {
        return new Payment(
                id,
                memberId,
                new Money(amountFen),
                Method.of(method),
                receivedAt,
                externalId,
                memo,
                forWhat,
                PayState.of(state),
                orderNo,
                recordedBy);
    }
}
