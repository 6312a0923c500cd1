package io.homeroom.schedule;

import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.WorkCalendar;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The working calendar of {@code config/calendar.yaml}, and the one place that reports a year it lacks. A file of the
 * same name below {@code config/} in the working directory wins, and is read again when it has changed.
 */
public final class Calendars {

    private final Supplier<WorkCalendar> all;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private volatile @Nullable Set<Integer> only;

    Calendars(Supplier<WorkCalendar> all, JdbcClient jdbc, ApplicationEventPublisher events) {
        this.all = all;
        this.jdbc = jdbc;
        this.events = events;
    }

    /** The calendar in force. */
    public WorkCalendar current() {
        Set<Integer> years = only;
        return years == null ? all.get() : all.get().only(years);
    }

    /** Restricts the calendar to some years, as a rehearsal's {@code calendars} switch asks; null lifts it. */
    public void restrict(@Nullable Set<Integer> years) {
        only = years == null ? null : Set.copyOf(years);
    }

    /**
     * {@link Deadlines#lastDayToAct} under the calendar in force; a year that would be needed and is missing is
     * reported once for the association at work.
     */
    public Optional<LocalDate> lastDayToAct(LocalDate start, Span span) {
        return lastDayToAct(start, span, true);
    }

    /** The same; {@code weekends} is how the association reads whether periods roll over weekends too. */
    public Optional<LocalDate> lastDayToAct(LocalDate start, Span span, boolean weekends) {
        WorkCalendar calendar = current();
        Optional<LocalDate> last = Deadlines.lastDayToAct(start, span, calendar, weekends);
        if (last.isEmpty()) {
            int year = start.getYear();
            while (calendar.knows(year)) {
                year++;
            }
            missing(year);
        } else if (!calendar.knows(last.get().getYear())) {
            missing(last.get().getYear());
        }
        return last;
    }

    /** Reports that a year's calendar was needed and is missing; once a year and association. */
    public void missing(int year) {
        String association = Tenant.current();
        boolean known =
                jdbc.sql("select count(*) from calendar_missing where association_id = :a and missing_year = :y")
                                .param("a", association)
                                .param("y", year)
                                .query(Integer.class)
                                .single()
                        > 0;
        if (known) {
            return;
        }
        try {
            jdbc.sql("insert into calendar_missing (association_id, missing_year) values (:a, :y)")
                    .param("a", association)
                    .param("y", year)
                    .update();
        } catch (DuplicateKeyException e) {
            return; // another thread was faster; it tells
        }
        events.publishEvent(new CalendarMissing(year));
    }
}
