package io.homeroom;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.CalendarsForTests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lower rooms on a real database, with clocks that stand still until they are moved. Named by the tests that use it;
 * it bears no annotation by which the whole house would find it.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    HibernateJpaAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
@Import({TenantResolver.class, PersonalData.class})
public class CoreSlice {

    /** The roster alone. */
    @Import(CoreSlice.class)
    @ComponentScan("io.homeroom.member")
    @EntityScan("io.homeroom.member")
    public static class RosterRooms {}

    /** All that money needs. */
    @Import(CoreSlice.class)
    @ComponentScan({"io.homeroom.member", "io.homeroom.till", "io.homeroom.desk", "io.homeroom.dues"})
    @EntityScan({"io.homeroom.member", "io.homeroom.till", "io.homeroom.desk", "io.homeroom.dues"})
    public static class MoneyRooms {}

    @Bean
    @Primary
    public Wire wireClock() {
        return new Wire();
    }

    @Bean
    public BusinessClock businessClock() {
        return BusinessClock.at(LocalDateTime.of(2025, 1, 6, 12, 0));
    }

    @Bean
    public Calendars calendars(JdbcClient jdbc, ApplicationEventPublisher events) {
        return CalendarsForTests.make(jdbc, events);
    }

    /** Empty: each test puts its association's rulebook in. */
    @Bean
    public Lawbook lawbook() {
        return new Lawbook();
    }

    @Bean
    public Heard heard() {
        return new Heard();
    }

    /** Everything that was told and published about money, in order. */
    public static final class Heard {

        private final List<Object> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(Object event) {
            if (event.getClass().getPackageName().startsWith("io.homeroom.")) {
                events.add(event);
            }
        }

        /** What of that type was heard since {@link #forget}. */
        public <T> List<T> of(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        public void forget() {
            events.clear();
        }
    }

    /** The wire's clock, moved by tests. */
    public static final class Wire extends Clock {

        private volatile Instant now = Instant.parse("2025-01-06T04:00:00Z");

        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
