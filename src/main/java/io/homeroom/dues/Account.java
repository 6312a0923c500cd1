package io.homeroom.dues;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Money;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One member's bills and bookings, locked for the length of a transaction. Money on it is always somewhere: on a bill, as
 * the rest of a booking, or withheld for a refund; open bills and credit never stand side by side for long.
 */
final class Account {

    private final EntityManager rows;
    final long member;
    final @Nullable LocalDate paidThrough;
    final List<BillRow> bills;
    private final List<BookingRow> bookings;
    private final List<AllocationRow> allocations;
    private final List<BillRow> settled = new ArrayList<>();

    Account(
            EntityManager rows,
            long member,
            @Nullable LocalDate paidThrough,
            List<BillRow> bills,
            List<BookingRow> bookings,
            List<AllocationRow> allocations) {
        this.rows = rows;
        this.member = member;
        this.paidThrough = paidThrough;
        this.bills = new ArrayList<>(bills);
        this.bookings = new ArrayList<>(bookings);
        this.allocations = new ArrayList<>(allocations);
    }

    /** A part of a payment that came off a bill. */
    record Freed(long payment, Money amount) {}

    /** Bills settled in full since this account was locked, in that order. */
    List<BillRow> settled() {
        return settled;
    }

    boolean owesNothing() {
        return bills.stream().noneMatch(BillRow::isOpen);
    }

    /** A bill, not cancelled, that counts for a year's fee. */
    Optional<BillRow> covering(int year) {
        return bills.stream().filter(bill -> bill.covers(year)).findFirst();
    }

    /** The first year that neither a bill nor an earlier payment covers. */
    int firstUncovered(int notBefore) {
        int year = notBefore;
        while ((paidThrough != null && paidThrough.getYear() >= year)
                || covering(year).isPresent()) {
            year++;
        }
        return year;
    }

    /** The last year that a bill or an earlier payment covers; 0 if there is none. */
    int lastCovered() {
        int billed = bills.stream()
                .filter(bill -> bill.kind() != BillKind.TOP_UP && bill.state() != BillState.CANCELLED)
                .mapToInt(bill -> bill.throughYear)
                .max()
                .orElse(0);
        return paidThrough == null ? billed : Math.max(billed, paidThrough.getYear());
    }

    Money credit() {
        return new Money(bookings.stream().mapToLong(booking -> booking.restFen).sum());
    }

    /** Adds a bill and lets credit pay it. */
    void raise(BillRow bill, LocalDate today) {
        rows.persist(bill);
        bills.add(bill);
        spendCredit(today);
    }

    /** Adds a payment without sharing it out. */
    BookingRow add(long payment, Money amount, LocalDate receivedOn) {
        BookingRow booking = new BookingRow(payment, member, amount, receivedOn);
        rows.persist(booking);
        bookings.add(booking);
        return booking;
    }

    /** Lets a booking pay one bill, as far as it goes. */
    void payFirst(BookingRow booking, BillRow bill, LocalDate on) {
        Money part = new Money(booking.restFen).min(bill.owed());
        if (part.isPositive()) {
            put(booking, bill, part, on);
        }
    }

    /** Shares a booking out by the rule; answers the bills it went to. */
    void share(BookingRow booking, LocalDate on) {
        Allotment allotment = Allotment.of(
                new Money(booking.restFen),
                bills.stream().filter(BillRow::isOpen).map(BillRow::open).toList());
        for (Allotment.Part part : allotment.parts()) {
            put(booking, bill(part.bill()), part.amount(), on);
        }
    }

    /** Lets credit pay what is open; it counts as paid today, for the bill was not there before. */
    void spendCredit(LocalDate today) {
        bookings.stream()
                .filter(booking -> booking.restFen > 0)
                .sorted(Comparator.comparingLong(booking -> booking.paymentId))
                .forEach(booking -> share(booking, today));
    }

    private void put(BookingRow booking, BillRow bill, Money amount, LocalDate on) {
        booking.restFen -= amount.fen();
        AllocationRow allocation = new AllocationRow(Ids.next(), booking, bill, amount, on);
        rows.persist(allocation);
        allocations.add(allocation);
        // A payment recorded late may have arrived before the one recorded first: the later day settles.
        if (bill.take(amount, lastDay(bill))) {
            settled.add(bill);
        }
    }

    private LocalDate lastDay(BillRow bill) {
        return allocations.stream()
                .filter(allocation -> allocation.billId == bill.id)
                .map(allocation -> allocation.onDay)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Settles a bill whose amount came down to what was paid on it. */
    void settle(BillRow bill, LocalDate today) {
        if (bill.settle(today)) {
            settled.add(bill);
        }
    }

    /** A settled bill costs less after all: what was paid beyond it is credit, and it counts as paid when it was. */
    void lower(BillRow bill, Price price) {
        LocalDate settledOn = bill.paidOn;
        release(bill, new Money(bill.paidFen).minus(price.amount()));
        bill.lower(price, settledOn);
    }

    /** Takes money off a bill, the latest first; it is credit then. */
    List<Freed> release(BillRow bill, Money amount) {
        List<Freed> freed = new ArrayList<>();
        long left = amount.fen();
        List<AllocationRow> newestFirst = allocations.stream()
                .filter(allocation -> allocation.billId == bill.id)
                .sorted(Comparator.comparingLong((AllocationRow allocation) -> allocation.id)
                        .reversed())
                .toList();
        for (AllocationRow allocation : newestFirst) {
            long part = Math.min(left, allocation.amountFen);
            if (part > 0) {
                left -= part;
                free(allocation, part);
                bill.release(new Money(part));
                freed.add(new Freed(allocation.paymentId, new Money(part)));
            }
        }
        if (left > 0) {
            throw new IllegalStateException("Bill " + bill.id + " had less on it than " + amount);
        }
        return freed;
    }

    private void free(AllocationRow allocation, long fen) {
        booking(allocation.paymentId).restFen += fen;
        allocation.amountFen -= fen;
        if (allocation.amountFen == 0) {
            rows.remove(allocation);
            allocations.remove(allocation);
        }
    }

    /** Takes a payment off all its bills and out of the account; answers the bills that it had gone to. */
    List<BillRow> remove(long payment) {
        List<BillRow> touched = new ArrayList<>();
        for (AllocationRow allocation : List.copyOf(allocations)) {
            if (allocation.paymentId == payment) {
                BillRow bill = bill(allocation.billId);
                Money part = new Money(allocation.amountFen);
                free(allocation, allocation.amountFen);
                bill.release(part);
                touched.add(bill);
            }
        }
        BookingRow booking = booking(payment);
        if (booking.restFen != booking.amountFen) {
            throw new IllegalStateException("Part of payment " + payment + " has gone back already");
        }
        rows.remove(booking);
        bookings.remove(booking);
        return touched;
    }

    /** What stands as credit, by payment. */
    List<Freed> rests() {
        return bookings.stream()
                .filter(booking -> booking.restFen > 0)
                .map(booking -> new Freed(booking.paymentId, new Money(booking.restFen)))
                .toList();
    }

    /** Takes money out of a booking's rest, to go back. */
    void withhold(long payment, Money amount) {
        BookingRow booking = booking(payment);
        if (booking.restFen < amount.fen()) {
            throw new IllegalArgumentException(
                    "Of payment " + payment + " only " + new Money(booking.restFen) + " stands as credit");
        }
        booking.restFen -= amount.fen();
    }

    private BillRow bill(long id) {
        return bills.stream().filter(bill -> bill.id == id).findFirst().orElseThrow();
    }

    BookingRow booking(long payment) {
        return bookings.stream()
                .filter(booking -> booking.paymentId == payment)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Payment " + payment + " is not booked here"));
    }
}
