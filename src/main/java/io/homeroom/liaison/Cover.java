package io.homeroom.liaison;

import java.time.LocalDate;

/**
 * That a colleague stands in for a class teacher (请假交接).
 *
 * @param from the first day
 * @param to the last day
 */
public record Cover(long id, long teacherId, long deputyId, LocalDate from, LocalDate to, String note, String by) {

    /** Whether it holds on a day, first and last included. */
    public boolean on(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
