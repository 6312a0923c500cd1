package io.homeroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.sandbox.phone.Gestures;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.phone.Phones;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("手机和群按业务日历过日子")
class WorldTimeTest {

    private final SandboxBench bench = new SandboxBench();
    private final AtomicReference<Instant> now = new AtomicReference<>(SandboxBench.START);
    private final WorldTime world = new WorldTime(now::get);

    private void skip(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    void a_day_that_is_skipped_frees_a_robot_that_had_written_enough() {
        Walls walls = new Walls(bench.accounts, bench.events, world);
        Wall wall = walls.of("whjx").get(0);
        for (int i = 0; i < 20; i++) {
            assertThat(walls.mayWrite(wall)).isTrue();
        }
        assertThat(walls.mayWrite(wall)).isFalse();

        skip(Duration.ofDays(1));

        assertThat(walls.mayWrite(wall)).isTrue();
    }

    @Test
    void a_clock_that_was_set_back_does_not_silence_a_robot() {
        Walls walls = new Walls(bench.accounts, bench.events, world);
        Wall wall = walls.of("whjx").get(0);
        for (int i = 0; i < 20; i++) {
            walls.mayWrite(wall);
        }

        skip(Duration.ofDays(-300));

        assertThat(walls.mayWrite(wall)).isTrue();
    }

    @Test
    @DisplayName("跳过三天，48 小时的客服窗口就关了；屏幕上的时间是跳过后的时间")
    void days_that_are_skipped_close_the_window_and_show_on_the_screen() {
        Phones phones = new Phones(world, bench.events);
        Phone phone = phones.add("igrs", "a", "a", "contact");
        phone.followedBefore(SandboxBench.START);
        new Gestures(bench.accounts, phones, bench.outbound, bench.clock, "http://app.invalid").text(phone, "你好");
        assertThat(phones.serve(phone, "text", "在", Map.of())).isEqualTo(Phones.Kefu.SHOWN);

        skip(Duration.ofDays(3));

        assertThat(phones.serve(phone, "text", "在", Map.of())).isEqualTo(Phones.Kefu.CLOSED);
        PhoneMessage line = phones.show(phone, "account", "text", "三天后", Map.of());
        assertThat(line.at()).isEqualTo(SandboxBench.START.plus(Duration.ofDays(3)));
    }
}
