package io.homeroom.ground;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Where periods end. "Within" a period means through its last day; "after", "full" and "more than" begin on
 * the day after it (Civil Code arts 201 to 203).
 */
public final class Deadlines {

    private Deadlines() {}

    /**
     * The last day of a period in days, weeks, months or years; the start is not counted. 30 June + 2 months is
     * 30 August, 31 January + 1 month the last of February.
     *
     * @throws IllegalArgumentException for working days, which need a calendar
     */
    public static LocalDate lastDay(LocalDate start, Span span) {
        return switch (span.unit()) {
            case DAYS -> start.plusDays(span.count());
            case WEEKS -> start.plusWeeks(span.count());
            case MONTHS -> start.plusMonths(span.count());
            case YEARS -> start.plusYears(span.count());
            case WORKDAYS -> throw new IllegalArgumentException("Working days need a calendar");
        };
    }

    /**
     * The last day of time allowed to act: rolled past rest days, or counted in working days. Empty if working
     * days fall into a year whose calendar is missing; other periods roll over weekends there.
     */
    public static Optional<LocalDate> lastDayToAct(LocalDate start, Span span, WorkCalendar calendar) {
        return lastDayToAct(start, span, calendar, true);
    }

    /** The same; without {@code weekends} a period rolls past the days off of the yearly notice only (Civil Code art. 203). */
    public static Optional<LocalDate> lastDayToAct(
            LocalDate start, Span span, WorkCalendar calendar, boolean weekends) {
        if (span.unit() != Span.Unit.WORKDAYS) {
            return Optional.of(calendar.roll(lastDay(start, span), weekends));
        }
        LocalDate day = start;
        int left = span.count();
        while (left > 0) {
            day = day.plusDays(1);
            if (!calendar.knows(day.getYear())) {
                return Optional.empty();
            }
            if (!calendar.isRest(day)) {
                left--;
            }
        }
        return calendar.knows(day.getYear()) ? Optional.of(day) : Optional.empty();
    }

    /**
     * The first day on which a period from {@code start} is over: the day after its last day, or that last day
     * itself where a rulebook counts the anniversary as full.
     */
    public static LocalDate firstAfter(LocalDate start, Span span, boolean anniversaryCounts) {
        LocalDate last = lastDay(start, span);
        return anniversaryCounts ? last : last.plusDays(1);
    }

    /** The same for an arrears period, which a payment on its rolled last day still stops. */
    public static LocalDate firstAfterRolled(LocalDate start, Span span, WorkCalendar calendar) {
        return calendar.roll(lastDay(start, span)).plusDays(1);
    }

    /** Counting back: the corresponding day earlier, or that month's last (30 June less 3 months is 30 March). */
    public static LocalDate before(LocalDate end, Span span) {
        return switch (span.unit()) {
            case DAYS -> end.minusDays(span.count());
            case WEEKS -> end.minusWeeks(span.count());
            case MONTHS -> end.minusMonths(span.count());
            case YEARS -> end.minusYears(span.count());
            case WORKDAYS -> throw new IllegalArgumentException("Working days are not counted backwards");
        };
    }
}
