package io.homeroom.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Tenant;
import io.homeroom.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("mysql")
@DisplayName("夜间任务：每天一次，按序补跑，断了再续")
class NightsTest {

    private static final LocalDate MARCH_1 = LocalDate.parse("2026-03-01");

    private final List<String> diary = new ArrayList<>();
    private final List<Object> events = new ArrayList<>();
    private final List<NightBook> books = new ArrayList<>();
    private final List<NightGate> gates = new ArrayList<>();
    private final SettableWire wire = new SettableWire();
    private DriverManagerDataSource database;

    @BeforeEach
    void migrate() {
        TestDatabase empty = TestDatabase.fresh();
        database = new DriverManagerDataSource(empty.url(), empty.user(), empty.password());
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:sql")
                .load()
                .migrate();
    }

    @AfterEach
    void close() {
        books.forEach(NightBook::close);
    }

    @Test
    @DisplayName("漏了一周：逐日补上，日内按次序，再跑一次什么也不变")
    void a_missed_week_is_caught_up_in_order_and_a_second_run_changes_nothing() {
        Nights nights = nights("node:1:a", daily("late", 20), daily("early", 10));
        nights.catchUp("whjx", MARCH_1);
        diary.clear();

        NightReport report = nights.catchUp("whjx", MARCH_1.plusDays(3));

        assertThat(diary)
                .containsExactly(
                        "whjx 2026-03-02 early",
                        "whjx 2026-03-02 late",
                        "whjx 2026-03-03 early",
                        "whjx 2026-03-03 late",
                        "whjx 2026-03-04 early",
                        "whjx 2026-03-04 late");
        assertThat(report.through()).isEqualTo(MARCH_1.plusDays(3));
        assertThat(report.runs()).hasSize(6).allSatisfy(run -> {
            assertThat(run.attempts()).isEqualTo(1);
            assertThat(run.finishedAt()).isNotNull();
        });

        diary.clear();
        assertThat(nights.catchUp("whjx", MARCH_1.plusDays(3)).runs()).isEmpty();
        assertThat(diary).isEmpty();
    }

    @Test
    @DisplayName("新协会从当天开始，不补以前")
    void an_association_begins_with_its_first_day() {
        nights("node:1:a", daily("only", 1)).catchUp("aii", MARCH_1);

        assertThat(diary).containsExactly("aii 2026-03-01 only");
    }

    @Test
    @DisplayName("门没开：这台服务器不跑夜，也不记作办完；开了从第一个没跑的日子补起")
    void a_closed_gate_leaves_the_nights_to_another_node() {
        List<LocalDate> asked = new ArrayList<>();
        gates.add(first -> {
            asked.add(first);
            return asked.size() != 2;
        });
        Nights nights = nights("node:1:a", daily("only", 1));
        nights.catchUp("igrs", MARCH_1);
        diary.clear();

        assertThat(nights.catchUp("igrs", MARCH_1.plusDays(2)).elsewhere()).isTrue();
        assertThat(diary).isEmpty();
        assertThat(nights.doneThrough("igrs")).contains(MARCH_1);

        assertThat(nights.catchUp("igrs", MARCH_1.plusDays(2)).elsewhere()).isFalse();
        assertThat(diary).containsExactly("igrs 2026-03-02 only", "igrs 2026-03-03 only");
        assertThat(asked).containsExactly(MARCH_1, MARCH_1.plusDays(1), MARCH_1.plusDays(1));
    }

    @Test
    @DisplayName("各协会各记各的")
    void associations_do_not_share_their_nights() {
        Nights nights = nights("node:1:a", daily("only", 1));
        nights.catchUp("aii", MARCH_1);
        nights.catchUp("igrs", MARCH_1);

        assertThat(diary).containsExactly("aii 2026-03-01 only", "igrs 2026-03-01 only");
    }

    @Test
    @DisplayName("五年里只有三天有事：只跑那三天")
    void days_without_work_are_passed_over() {
        CountingDuty yearly = new CountingDuty("yearly", 1, days("2026-03-01", "2027-01-01", "2031-02-28"));
        Nights nights = nights("node:1:a", yearly);
        nights.catchUp("dsia", MARCH_1);

        nights.catchUp("dsia", LocalDate.parse("2031-03-01"));

        assertThat(diary).containsExactly("dsia 2026-03-01 yearly", "dsia 2027-01-01 yearly", "dsia 2031-02-28 yearly");
        assertThat(yearly.asked).as("asked at each stop, not on each day").isLessThan(12);
        assertThat(nights.doneThrough("dsia")).contains(LocalDate.parse("2031-03-01"));
    }

    @Test
    @DisplayName("前一项任务给后一项造出当天的事：当天就做")
    void a_duty_may_make_work_for_a_later_one_of_the_same_day() {
        TreeSet<LocalDate> made = new TreeSet<>();
        Duty maker = new CountingDuty("maker", 1, days("2026-03-05")) {
            @Override
            public void run(LocalDate day) {
                super.run(day);
                made.add(day);
            }
        };
        Nights nights = nights("node:1:a", new CountingDuty("taker", 2, made), maker);
        nights.catchUp("dsia", MARCH_1);

        nights.catchUp("dsia", MARCH_1.plusDays(9));

        assertThat(diary).containsExactly("dsia 2026-03-05 maker", "dsia 2026-03-05 taker");
    }

    @Test
    @DisplayName("任务出错：停在那一天并报警，之后补齐，做完的不重做")
    void a_duty_that_dies_stops_its_association_until_it_succeeds() {
        Brittle brittle = new Brittle(MARCH_1.plusDays(1));
        Nights nights = nights("node:1:a", daily("first", 1), brittle);
        nights.catchUp("whjx", MARCH_1);
        diary.clear();

        NightReport failed = nights.catchUp("whjx", MARCH_1.plusDays(2));

        assertThat(failed.failed()).isTrue();
        assertThat(failed.through()).isEqualTo(MARCH_1);
        assertThat(diary).containsExactly("whjx 2026-03-02 first");
        assertThat(events)
                .containsExactly(
                        new NightRun("whjx", MARCH_1),
                        new NightFailed("whjx", MARCH_1.plusDays(1), "brittle", "IllegalStateException: no paper"),
                        new NightRun("whjx", MARCH_1.plusDays(2)));

        diary.clear();
        brittle.healed = true;
        NightReport healed = nights.catchUp("whjx", MARCH_1.plusDays(2));

        assertThat(healed.failed()).isFalse();
        assertThat(diary)
                .containsExactly("whjx 2026-03-02 brittle", "whjx 2026-03-03 first", "whjx 2026-03-03 brittle");
        assertThat(nights.runsOf("whjx", MARCH_1.plusDays(1)))
                .extracting(DutyRun::duty, DutyRun::attempts)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("first", 1),
                        org.assertj.core.groups.Tuple.tuple("brittle", 2));
    }

    @Test
    @DisplayName("半路被杀：重启后从没做完的那一项接着做")
    void a_night_killed_half_way_goes_on_after_restart() {
        Nights killed = nights("node:999999999:a", daily("first", 1), dies("second", 2), daily("third", 3));
        assertThatThrownBy(() -> killed.catchUp("whjx", MARCH_1)).isInstanceOf(Killed.class);
        leaveLeaseOf("whjx", "node:999999999:a");
        diary.clear();

        Nights restarted = nights("node:1:b", daily("first", 1), daily("second", 2), daily("third", 3));
        restarted.catchUp("whjx", MARCH_1);

        assertThat(diary).containsExactly("whjx 2026-03-01 second", "whjx 2026-03-01 third");
    }

    @Test
    @DisplayName("两个节点：一个在跑，另一个不碰；租约到期才接手")
    void two_nodes_never_run_one_night_at_a_time() {
        nights("far:1:a", daily("only", 1)).catchUp("whjx", MARCH_1);
        leaveLeaseOf("whjx", "far:1:a");
        diary.clear();
        Nights other = nights("near:2:b", daily("only", 1));

        assertThat(other.catchUp("whjx", MARCH_1.plusDays(1)).elsewhere()).isTrue();
        assertThat(diary).isEmpty();

        wire.advance(Duration.ofMinutes(2));
        assertThat(other.catchUp("whjx", MARCH_1.plusDays(1)).elsewhere()).isFalse();
        assertThat(diary).containsExactly("whjx 2026-03-02 only");
    }

    @Test
    @DisplayName("指定某天再跑一次")
    void a_day_can_be_run_again() {
        Nights nights = nights("node:1:a", daily("only", 1));
        nights.catchUp("whjx", MARCH_1);

        NightReport again = nights.again("whjx", MARCH_1);

        assertThat(diary).containsExactly("whjx 2026-03-01 only", "whjx 2026-03-01 only");
        assertThat(again.runs()).extracting(DutyRun::attempts).containsExactly(2);
        assertThat(again.through()).isEqualTo(MARCH_1);
    }

    @Test
    @DisplayName("拨动时钟：各协会逐日交错，任务看到的就是那一天")
    void moving_the_clock_shows_each_day_to_all_associations() {
        BusinessClock clock = BusinessClock.at(MARCH_1.atTime(9, 0));
        List<String> seen = new ArrayList<>();
        Duty look = new CountingDuty("look", 1, days("2026-03-03", "2026-03-05")) {
            @Override
            public void run(LocalDate day) {
                seen.add(Tenant.current() + " " + day + " at " + clock.now());
            }
        };
        Nights nights = nights("node:1:a", clock, List.of("igrs", "whjx"), look);
        nights.moveTo(MARCH_1);

        nights.moveTo(LocalDate.parse("2026-03-08"));

        assertThat(seen)
                .containsExactly(
                        "igrs 2026-03-03 at 2026-03-03T00:00",
                        "whjx 2026-03-03 at 2026-03-03T00:00",
                        "igrs 2026-03-05 at 2026-03-05T00:00",
                        "whjx 2026-03-05 at 2026-03-05T00:00");
        assertThat(clock.now()).isEqualTo(LocalDateTime.parse("2026-03-08T09:00"));
        assertThatThrownBy(() -> nights.moveTo(MARCH_1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheNightWroteLeavesInTheMorningOfThatDay() {
        BusinessClock clock = BusinessClock.at(MARCH_1.atStartOfDay());
        List<String> seen = new ArrayList<>();
        NightBook book = new NightBook(JdbcClient.create(database), wire, "one");
        books.add(book);
        Duty writes = daily("writes", 1);
        Nights nights = new Nights(
                clock,
                new Associations(List.of("igrs", "whjx")),
                List.of(writes),
                List.of(ticker(true, clock, seen), ticker(false, clock, seen)),
                List.of(),
                book,
                events::add);

        nights.moveTo(LocalDate.parse("2026-03-03"));

        assertThat(seen)
                .containsExactly(
                        "igrs 2026-03-02T09:00",
                        "whjx 2026-03-02T09:00",
                        "igrs 2026-03-03T09:00",
                        "whjx 2026-03-03T09:00");
    }

    private static Ticker ticker(boolean morning, BusinessClock clock, List<String> seen) {
        return new Ticker() {
            @Override
            public String name() {
                return "post-" + morning;
            }

            @Override
            public Duration every() {
                return Duration.ofSeconds(5);
            }

            @Override
            public boolean eachMorning() {
                return morning;
            }

            @Override
            public void tick() {
                seen.add(Tenant.current() + " " + clock.now());
            }
        };
    }

    private Nights nights(String node, Duty... duties) {
        return nights(node, BusinessClock.at(MARCH_1.atStartOfDay()), List.of("igrs", "whjx"), duties);
    }

    private Nights nights(String node, BusinessClock clock, List<String> associations, Duty... duties) {
        NightBook book = new NightBook(JdbcClient.create(database), wire, node);
        books.add(book);
        ApplicationEventPublisher publisher = events::add;
        return new Nights(clock, new Associations(associations), List.of(duties), List.of(), gates, book, publisher);
    }

    private Duty daily(String name, int order) {
        return new Duty() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int order() {
                return order;
            }

            @Override
            public void run(LocalDate day) {
                diary.add(Tenant.current() + " " + day + " " + name);
            }
        };
    }

    private Duty dies(String name, int order) {
        return new CountingDuty(name, order, new TreeSet<>(List.of(MARCH_1))) {
            @Override
            public void run(LocalDate day) {
                throw new Killed();
            }
        };
    }

    /** What a process leaves behind that had no time to let go. */
    private void leaveLeaseOf(String association, String node) {
        JdbcClient.create(database)
                .sql("update night set holder = :node, lease_until = :until where association_id = :a")
                .param("node", node)
                .param("until", LocalDateTime.ofInstant(wire.instant().plusSeconds(60), ZoneOffset.UTC))
                .param("a", association)
                .update();
    }

    private static NavigableSet<LocalDate> days(String... days) {
        TreeSet<LocalDate> set = new TreeSet<>();
        for (String day : days) {
            set.add(LocalDate.parse(day));
        }
        return set;
    }

    /** Due on some days only. */
    private class CountingDuty implements Duty {
        private final String name;
        private final int order;
        private final NavigableSet<LocalDate> days;
        private int asked;

        CountingDuty(String name, int order, NavigableSet<LocalDate> days) {
            this.name = name;
            this.order = order;
            this.days = days;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public void run(LocalDate day) {
            diary.add(Tenant.current() + " " + day + " " + name);
        }

        @Override
        public Optional<LocalDate> next(LocalDate after) {
            asked++;
            return Optional.ofNullable(days.higher(after));
        }
    }

    /** Fails on one day until healed. */
    private final class Brittle extends CountingDuty {
        private final LocalDate bad;
        private boolean healed;

        private Brittle(LocalDate bad) {
            super("brittle", 2, days("2026-03-01", "2026-03-02", "2026-03-03"));
            this.bad = bad;
        }

        @Override
        public void run(LocalDate day) {
            if (day.equals(bad) && !healed) {
                throw new IllegalStateException("no paper");
            }
            super.run(day);
        }
    }

    /** Stands for the end of the process: an error that nothing on the way may turn into a failed duty. */
    private static final class Killed extends Error {}

    /** The wire's time in the test's hand. */
    private static final class SettableWire extends Clock {
        private Instant now = Instant.parse("2026-03-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
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
            return this;
        }
    }
}
