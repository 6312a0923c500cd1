package io.homeroom.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand notices through the test bed. Base is the time that the platform's own limits would have taken: the hour
 * in which WeCom was away, and twenty messages a minute for the robot.
 */
@DisplayName("一万条通知，和平台限度本身要的时间比")
class NoticeBench extends NoticeBed {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    @Test
    void ten_thousand() {
        Outcome outcome = run(Integer.getInteger("bench.notices", 10_000), 400, Long.getLong("bench.seed", 1L), 6);
        OUT.println("bed " + outcome.report());
        OUT.printf(
                Locale.ROOT,
                "bench notices ours=%.1fmin base=%.1fmin ratio=%.2f%n",
                outcome.taken().toMillis() / 60_000.0,
                outcome.limit().toMillis() / 60_000.0,
                outcome.ratio());
        assertThat(outcome.ends()).containsKeys("模板 delivered", "企业微信 delivered", "客服 unconfirmed", "机器人 unconfirmed");
    }
}
