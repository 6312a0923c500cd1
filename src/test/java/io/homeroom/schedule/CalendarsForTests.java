package io.homeroom.schedule;

import io.homeroom.ground.WorkCalendar;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real calendar file, for tests of higher rooms that make their own clocks. */
public final class CalendarsForTests {

    private CalendarsForTests() {}

    public static Calendars make(JdbcClient jdbc, ApplicationEventPublisher events) {
        WorkCalendar all = CalendarFile.load();
        return new Calendars(() -> all, jdbc, events);
    }
}
