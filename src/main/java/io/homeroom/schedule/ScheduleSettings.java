package io.homeroom.schedule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes this room's beans. */
@Configuration(proxyBeanMethods = false)
class ScheduleSettings {

    /** Real time, for signatures, tokens and whatever others measure too. Primary, so that libraries that want a clock get this one. */
    @Bean
    @Primary
    Clock wireClock() {
        return Clock.systemUTC();
    }

    @Bean
    BusinessClock businessClock(
            Clock wireClock,
            JdbcClient jdbc,
            @Value("${homeroom.clock.settable:false}") boolean settable,
            @Value("${homeroom.clock.begin:}") String begin) {
        LocalDate first = begin.isEmpty() ? null : LocalDate.parse(begin);
        return settable ? BusinessClock.kept(wireClock, jdbc, first) : BusinessClock.real(wireClock);
    }

    @Bean
    Associations associations(Environment environment) {
        Map<String, Object> codes = Binder.get(environment)
                .bind("homeroom.associations", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        return new Associations(List.copyOf(codes.keySet()));
    }

    @Bean
    Calendars calendars(Clock wireClock, JdbcClient jdbc, ApplicationEventPublisher events) {
        return new Calendars(new CalendarShelf(Path.of(CalendarFile.PLACE), wireClock), jdbc, events);
    }

    @Bean
    NightBook nightBook(JdbcClient jdbc, Clock wireClock) {
        return new NightBook(jdbc, wireClock);
    }

    @Bean
    Nights nights(
            BusinessClock clock,
            Associations associations,
            ObjectProvider<Duty> duties,
            ObjectProvider<Ticker> tickers,
            ObjectProvider<NightGate> gates,
            NightBook book,
            ApplicationEventPublisher events) {
        return new Nights(clock, associations, duties.orderedStream().toList(), tickers, gates, book, events);
    }
}
