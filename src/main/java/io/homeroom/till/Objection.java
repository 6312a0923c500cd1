package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reason of the bylaws not to take a payment, as IGRS-14: no top-up while no seat is free. Beans of higher rooms; all
 * are asked before money is booked and before an order is opened.
 */
public interface Objection {

    /**
     * What speaks against it.
     *
     * @param member who pays
     * @param amount what would be paid
     * @param on the day of payment
     * @param forWhat as in {@link Payment#forWhat}
     */
    Optional<Refusal> to(long member, Money amount, LocalDate on, @Nullable String forWhat);
}
