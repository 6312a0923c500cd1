package io.homeroom.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.WorkCalendar;
import io.homeroom.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("mysql")
@DisplayName("业务时钟与工作日历")
class BusinessClockTest {

    private final Clock noonUtc = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    @DisplayName("拨过的时钟从那一刻继续走，重启后还在")
    void a_clock_that_was_set_ticks_on_and_outlives_a_restart() {
        JdbcClient jdbc = database();
        BusinessClock clock = BusinessClock.kept(noonUtc, jdbc);
        clock.moveTo(LocalDate.parse("2027-01-01"));

        Clock tenMinutesLater = Clock.offset(noonUtc, Duration.ofMinutes(10));
        BusinessClock restarted = BusinessClock.kept(tenMinutesLater, jdbc);

        assertThat(restarted.now()).isEqualTo(LocalDateTime.parse("2027-01-01T00:10"));
        restarted.moveTo(LocalDate.parse("2027-01-02"));
        assertThat(BusinessClock.kept(tenMinutesLater, jdbc).today()).isEqualTo(LocalDate.parse("2027-01-02"));
    }

    @Test
    @DisplayName("可拨的时钟第一次从当天早上开始，之后不再倒回去")
    void a_settable_clock_begins_in_the_morning_once() {
        JdbcClient jdbc = database();
        assertThat(BusinessClock.kept(noonUtc, jdbc).now()).isEqualTo(LocalDateTime.parse("2026-03-01T09:00"));
        Clock hourLater = Clock.offset(noonUtc, Duration.ofHours(1));
        assertThat(BusinessClock.kept(hourLater, jdbc).now()).isEqualTo(LocalDateTime.parse("2026-03-01T10:00"));
    }

    @Test
    @DisplayName("只能往后拨；真实时钟不能拨")
    void it_goes_forward_only_and_the_real_one_not_at_all() {
        BusinessClock clock = BusinessClock.kept(noonUtc, database());
        assertThatThrownBy(() -> clock.moveTo(LocalDate.parse("2026-02-28")))
                .isInstanceOf(IllegalArgumentException.class);
        BusinessClock real = BusinessClock.real(noonUtc);
        assertThatThrownBy(() -> real.moveTo(LocalDate.parse("2026-03-09"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("一天从上海的零点开始")
    void a_day_begins_at_midnight_in_shanghai() {
        Clock fourInTheAfternoonUtc = Clock.fixed(Instant.parse("2026-03-01T16:00:00Z"), ZoneOffset.UTC);
        assertThat(BusinessClock.real(fourInTheAfternoonUtc).today()).isEqualTo(LocalDate.parse("2026-03-02"));
        assertThat(BusinessClock.real(Clock.offset(fourInTheAfternoonUtc, Duration.ofMillis(-1)))
                        .today())
                .isEqualTo(LocalDate.parse("2026-03-01"));
    }

    @Test
    @DisplayName("随程序带的工作日历：节假日休，调休上班")
    void the_calendar_in_the_jar_knows_holidays_and_make_up_workdays() {
        WorkCalendar calendar = CalendarFile.load();
        assertThat(calendar.isRest(LocalDate.parse("2026-02-23"))).isTrue();
        assertThat(calendar.isRest(LocalDate.parse("2026-02-28")))
                .as("Saturday, worked")
                .isFalse();
        assertThat(calendar.isRest(LocalDate.parse("2025-10-08"))).isTrue();
        assertThat(calendar.isRest(LocalDate.parse("2025-10-11")))
                .as("Saturday, worked")
                .isFalse();
        assertThat(calendar.knows(2023)).isFalse();
    }

    @Test
    @DisplayName("日历里不存在的日子指明出来")
    void a_day_that_does_not_exist_is_named() {
        var text = new ByteArrayInputStream("2026: {rest: [13-01]}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> CalendarFile.read(text)).hasMessageContaining("13-01");
    }

    private static JdbcClient database() {
        TestDatabase empty = TestDatabase.fresh();
        var source = new DriverManagerDataSource(empty.url(), empty.user(), empty.password());
        Flyway.configure().dataSource(source).locations("classpath:sql").load().migrate();
        return JdbcClient.create(source);
    }
}
