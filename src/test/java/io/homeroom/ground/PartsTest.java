package io.homeroom.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("按字节分段")
class PartsTest {

    @Test
    @DisplayName("在行末断开，每段不超过限度，合起来一字不少")
    void cutsAtLineEnds() {
        String text = "第一行很短\n" + "汉".repeat(500) + "\n" + "字".repeat(300);
        List<String> parts = Parts.of(text, Parts.MOST);
        assertThat(parts)
                .hasSize(2)
                .allSatisfy(part ->
                        assertThat(part.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Parts.MOST));
        assertThat(String.join("\n", parts)).isEqualTo(text);
    }

    @Test
    @DisplayName("一行就超过限度的，在字与字之间断开")
    void cutsLongLinesBetweenCharacters() {
        String text = "熊\ud83d\udc3c".repeat(600);
        List<String> parts = Parts.of(text, Parts.MOST);
        assertThat(parts)
                .hasSize(3)
                .allSatisfy(part ->
                        assertThat(part.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Parts.MOST));
        assertThat(String.join("", parts)).isEqualTo(text);
    }

    @Test
    @DisplayName("一行里有几句话的，在句末断开；差一个字节也不断在字中间")
    void cutsAtEndsOfSentences() {
        String first = "会".repeat(400) + "。";
        String text = first + "员".repeat(400);
        assertThat(Parts.of(text, Parts.MOST)).containsExactly(first, "员".repeat(400));

        String even = "汉".repeat(682); // 2046 bytes: two are left, a character needs three
        assertThat(Parts.of(even + "ab", Parts.MOST)).containsExactly(even + "ab");
        assertThat(Parts.of(even + "字", Parts.MOST)).containsExactly(even, "字");
        assertThat(Parts.of(even + "abc", Parts.MOST)).containsExactly(even + "ab", "c");
    }

    @Test
    @DisplayName("装得下的原样")
    void keepsWhatFits() {
        assertThat(Parts.of("", 10)).containsExactly("");
        assertThat(Parts.first("短")).isEqualTo("短");
        assertThat(Parts.rest("短")).isEmpty();
        assertThat(Parts.fits("汉".repeat(682))).isTrue();
        assertThat(Parts.fits("汉".repeat(683))).isFalse();
    }
}
