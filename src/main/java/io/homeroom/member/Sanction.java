package io.homeroom.member;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A sanction on record.
 *
 * @param name the rulebook's word
 * @param since its first day
 * @param until its last day, if it has one
 */
public record Sanction(
        String name, LocalDate since, @Nullable LocalDate until) {

    /** Whether it is in force on a day. */
    public boolean on(LocalDate day) {
        return !since.isAfter(day) && (until == null || !until.isBefore(day));
    }
}
