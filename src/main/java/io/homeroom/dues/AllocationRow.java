package io.homeroom.dues;

import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** How much of a payment went to a bill, and on which day it counts as paid. */
@Entity
@Table(name = "payment_allocation")
class AllocationRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "payment_id", updatable = false)
    long paymentId;

    @Column(name = "bill_id", updatable = false)
    long billId;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(name = "amount_fen")
    long amountFen;

    @Column(name = "on_day", updatable = false)
    LocalDate onDay = LocalDate.EPOCH;

    protected AllocationRow() {}

    AllocationRow(long id, BookingRow booking, BillRow bill, Money amount, LocalDate onDay) {
        this.id = id;
        this.paymentId = booking.paymentId;
        this.billId = bill.id;
        this.memberId = bill.memberId;
        this.amountFen = amount.fen();
        this.onDay = onDay;
    }
}
