package io.homeroom.dues;

import io.homeroom.ground.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A bill. */
@Entity
@Table(name = "bill")
@DynamicUpdate
class BillRow {

    @TenantId
    @PartitionKey
    @Column(name = "association_id", nullable = false, updatable = false)
    String associationId;

    @Id
    long id;

    @Column(name = "member_id", updatable = false)
    long memberId;

    @Column(name = "fee_year")
    int feeYear;

    @Column(name = "through_year")
    int throughYear;

    @Column(updatable = false)
    String kind = "";

    @Column(name = "amount_fen")
    long amountFen;

    @Column(name = "paid_fen")
    long paidFen;

    @Column(name = "due_on")
    @Nullable
    LocalDate dueOn;

    String state = BillState.OPEN.code();

    @Column(name = "paid_on")
    @Nullable
    LocalDate paidOn;

    String why = "";
    String clauses = "";

    @Column(name = "raised_on", updatable = false)
    LocalDate raisedOn = LocalDate.EPOCH;

    @Column(name = "case_id", updatable = false)
    @Nullable
    Long caseId;

    @Column(name = "from_grade", updatable = false)
    @Nullable
    String fromGrade;

    @Column(name = "to_grade", updatable = false)
    @Nullable
    String toGrade;

    @Column(name = "covers_to")
    @Nullable
    LocalDate coversTo;

    @Nullable
    Long part;

    protected BillRow() {}

    BillRow(long id, long member, BillKind kind, int year, Price price, @Nullable LocalDate dueOn, LocalDate raisedOn) {
        this.id = id;
        this.memberId = member;
        this.kind = kind.code();
        this.feeYear = year;
        this.dueOn = dueOn;
        this.raisedOn = raisedOn;
        this.part = 0L;
        cost(price);
    }

    /** Takes a price: the first, or a new one. */
    void cost(Price price) {
        amountFen = price.amount().fen();
        why = price.why();
        clauses = String.join(",", price.clauses());
        throughYear = price.throughYear();
        coversTo = price.coversTo();
    }

    /** Stands beside the year's other bill, which is for the months before. */
    void after(BillRow other) {
        part = other.id;
    }

    /** Says which case wants this top-up, between which grades. */
    void between(String from, String to, @Nullable Long matter) {
        fromGrade = from;
        toGrade = to;
        caseId = matter;
        part = matter == null ? 0L : matter;
    }

    BillKind kind() {
        return BillKind.of(kind);
    }

    BillState state() {
        return BillState.of(state);
    }

    boolean isOpen() {
        return state() == BillState.OPEN;
    }

    Money owed() {
        return isOpen() ? new Money(amountFen - paidFen) : Money.ZERO;
    }

    /** Whether it counts for a calendar year's fee. */
    boolean covers(int year) {
        return kind() != BillKind.TOP_UP && state() != BillState.CANCELLED && feeYear <= year && year <= throughYear;
    }

    /** Money came. Answers whether the bill is settled by it. */
    boolean take(Money money, LocalDate on) {
        paidFen += money.fen();
        if (!isOpen() || paidFen > amountFen) {
            throw new IllegalStateException("Bill " + id + " cannot take " + money);
        }
        return settle(on);
    }

    /** Settles it if nothing is owed any more. */
    boolean settle(LocalDate on) {
        if (isOpen() && paidFen >= amountFen) {
            state = BillState.PAID.code();
            paidOn = on;
            return true;
        }
        return false;
    }

    /** A settled bill costs less after all and stays settled on its day; what was paid beyond it has been released. */
    void lower(Price price, @Nullable LocalDate settledOn) {
        cost(price);
        state = BillState.PAID.code();
        paidOn = settledOn;
    }

    /** Money goes off it again; a settled bill is open then. */
    void release(Money money) {
        paidFen -= money.fen();
        if (paidFen < 0) {
            throw new IllegalStateException("Bill " + id + " never had " + money);
        }
        if (state() == BillState.PAID && paidFen < amountFen) {
            state = BillState.OPEN.code();
            paidOn = null;
        }
    }

    void cancel(String because, List<String> by) {
        state = BillState.CANCELLED.code();
        paidOn = null;
        part = null;
        why = because;
        clauses = String.join(",", by);
    }

    Allotment.Open open() {
        return new Allotment.Open(id, feeYear, kind(), owed());
    }

    Bill show() {
        return new Bill(
                id,
                memberId,
                feeYear,
                kind(),
                new Money(amountFen),
                owed(),
                dueOn,
                state(),
                paidOn,
                why,
                clauses.isEmpty() ? List.of() : List.of(clauses.split(",")),
                throughYear,
                raisedOn,
                caseId);
    }
}
