package io.homeroom.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("通知试验台：断线、超时、限流、停机、被杀，每条到一次，说不清的显示未确认")
class NoticeBedTest extends NoticeBed {

    @Test
    @DisplayName("五百条，一条不丢，一条不重，不超平台的限度")
    void five_hundred() {
        Outcome outcome = run(Integer.getInteger("bed.notices", 500), 40, Long.getLong("bed.seed", 20_261_128L), 1);
        assertThat(outcome.ratio()).as(outcome.report()).isLessThan(1.6);
        assertThat(outcome.ends()).containsKeys("模板 delivered", "客服 delivered", "客服 unconfirmed", "机器人 unconfirmed");
    }
}
