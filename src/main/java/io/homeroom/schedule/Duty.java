package io.homeroom.schedule;

import java.time.LocalDate;
import java.util.Optional;

/**
 * One thing done for an association at the beginning of a day. Beans of higher rooms; called inside the tenant,
 * outside any transaction. A duty cut off half-way is run again for the same day, so it must be able to meet its
 * own traces.
 */
public interface Duty {

    /** Stable name, part of the record of what was run. */
    String name();

    /** Smaller runs earlier on the same day. */
    int order();

    /** Does the day's work in its own transactions. */
    void run(LocalDate day);

    /**
     * The first day later than {@code after} on which there is something to do, as far as is known now; empty if
     * there is none. Must be cheap: it is asked instead of running every day. Daily unless overridden.
     */
    default Optional<LocalDate> next(LocalDate after) {
        return Optional.of(after.plusDays(1));
    }
}
