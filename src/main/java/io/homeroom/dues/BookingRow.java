package io.homeroom.dues;

import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A payment as booked: what of it is on no bill is credit. */
@Entity
@Table(name = "booking")
@DynamicUpdate
class BookingRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    @Column(name = "payment_id")
    long paymentId;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(name = "amount_fen", updatable = false)
    long amountFen;

    @Column(name = "rest_fen")
    long restFen;

    @Column(name = "received_on", updatable = false)
    LocalDate receivedOn = LocalDate.EPOCH;

    protected BookingRow() {}

    BookingRow(long paymentId, long memberId, Money amount, LocalDate receivedOn) {
        this.paymentId = paymentId;
        this.memberId = memberId;
        this.amountFen = amount.fen();
        this.restFen = amount.fen();
        this.receivedOn = receivedOn;
    }
}
