package io.homeroom.rulebook;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;

/** A part of each year from one day to another, both included, written as {@code 04-01..06-30}. */
public record YearlyPeriod(MonthDay from, MonthDay to) {

    /** The value of a reading; empty for {@code always}, which has no beginning and no end. */
    public static Optional<YearlyPeriod> of(String value) {
        if (value.equals("always")) {
            return Optional.empty();
        }
        String[] ends = value.split("\\.\\.", -1);
        return Optional.of(new YearlyPeriod(MonthDay.parse("--" + ends[0]), MonthDay.parse("--" + ends[1])));
    }

    /** Its first day in a year. */
    public LocalDate first(int year) {
        return from.atYear(year);
    }

    /** Its last day in a year. */
    public LocalDate last(int year) {
        return to.atYear(year);
    }

    /** The year whose period is running on a day, or is the next to run. */
    public int yearAt(LocalDate day) {
        return day.isAfter(last(day.getYear())) ? day.getYear() + 1 : day.getYear();
    }
}
