package io.homeroom.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.LowerRooms;
import io.homeroom.ground.Tenant;
import io.homeroom.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("mysql")
@DisplayName("Quartz：两个节点一个库，夜里的事各做一次，定时的事有人做")
class QuartzTest {

    private static final List<String> RUNS = new CopyOnWriteArrayList<>();
    private static final CountDownLatch MISSED = new CountDownLatch(2 + 4);
    private static final List<CountDownLatch> TICKS = List.of(new CountDownLatch(2), new CountDownLatch(2));

    @Test
    @DisplayName("启动就补漏掉的夜，两个节点只做一次；一个节点停了，另一个接着走")
    void two_nodes_share_nights_and_ticks() throws InterruptedException {
        TestDatabase database = TestDatabase.fresh();
        try (ConfigurableApplicationContext first = node(database)) {
            Nights nights = first.getBean(Nights.class);
            LocalDate today = first.getBean(BusinessClock.class).today();
            nights.catchUp("whjx", today);
            nights.catchUp("aii", today);
            assertThat(RUNS).containsExactlyInAnyOrder("whjx " + today, "aii " + today);
            first.getBean(JdbcClient.class)
                    .sql("update night set done_through = :day")
                    .param("day", today.minusDays(3))
                    .update();
            try (ConfigurableApplicationContext second = node(database)) {
                second.getBean(Nights.class).catchUp("aii", today);
                nights.catchUp("whjx", today);
                assertThat(MISSED.await(60, TimeUnit.SECONDS))
                        .as("what was missed")
                        .isTrue();
                assertThat(TICKS.get(0).await(60, TimeUnit.SECONDS))
                        .as("it ticks")
                        .isTrue();
            }
            assertThat(RUNS)
                    .containsExactlyInAnyOrder(
                            "whjx " + today,
                            "aii " + today,
                            "whjx " + today.minusDays(2),
                            "aii " + today.minusDays(2),
                            "whjx " + today.minusDays(1),
                            "aii " + today.minusDays(1));
            Counting.watched = TICKS.get(1);
            assertThat(TICKS.get(1).await(60, TimeUnit.SECONDS))
                    .as("it goes on after the other node has left")
                    .isTrue();
        }
    }

    private static ConfigurableApplicationContext node(TestDatabase database) {
        // As arguments: the packaged application.yaml would win over default properties.
        String[] arguments = Stream.concat(
                        Stream.of(database.arguments()),
                        Stream.of(
                                "--homeroom.associations.whjx.rulebook=none",
                                "--homeroom.associations.aii.rulebook=none"))
                .toArray(String[]::new);
        return new SpringApplicationBuilder(LowerRooms.class, Counting.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    /** A duty and a ticker that leave traces. */
    static class Counting {

        private static volatile CountDownLatch watched = TICKS.get(0);

        @Bean
        Duty trace() {
            return new Duty() {
                @Override
                public String name() {
                    return "trace";
                }

                @Override
                public int order() {
                    return 1;
                }

                @Override
                public void run(LocalDate day) {
                    RUNS.add(Tenant.current() + " " + day);
                    MISSED.countDown();
                }
            };
        }

        @Bean
        Ticker pulse() {
            return new Ticker() {
                @Override
                public String name() {
                    return "pulse";
                }

                @Override
                public Duration every() {
                    return Duration.ofSeconds(1);
                }

                @Override
                public void tick() {
                    Counting.watched.countDown();
                }
            };
        }
    }
}
