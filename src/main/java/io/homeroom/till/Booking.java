package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import java.util.List;
import java.util.Set;

/** What the till asks of whoever keeps the bills. Called in the till's transaction. */
public interface Booking {

    /**
     * Books a payment: oldest bill first, top-ups last, the rest as credit.
     *
     * @return ids of the bills that it went to, in that order; or why the bylaws refuse it
     */
    Outcome<List<Long>> book(Payment payment);

    /** Takes a booked payment back: its bills are owed again. */
    void unbook(Payment payment);

    /**
     * Takes money that is to go back out of the credit which a booked payment left.
     *
     * @throws IllegalArgumentException if it left less
     */
    void withhold(Payment payment, Money amount);

    /** What is still owed on these bills, nothing for those that are paid or cancelled. */
    Money owedOn(Set<Long> bills);
}
