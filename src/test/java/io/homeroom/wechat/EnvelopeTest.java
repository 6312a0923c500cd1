package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("回调报文的 XML")
class EnvelopeTest {

    private static Envelope read(String xml) throws Envelope.Malformed {
        return Envelope.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("读第一层的字段，更深的跳过，字段名区分大小写")
    void readsTheFirstLevel() throws Envelope.Malformed {
        Envelope envelope = read("<xml><!-- 注 --><MsgId>23</MsgId><MsgID>42</MsgID>"
                + "<ScanCodeInfo><ScanType>qrcode</ScanType></ScanCodeInfo><Content><![CDATA[ 状态 ]]></Content></xml>");
        assertThat(envelope.get("MsgId")).isEqualTo("23");
        assertThat(envelope.get("MsgID")).isEqualTo("42");
        assertThat(envelope.get("Content")).isEqualTo("状态");
        assertThat(envelope.get("ScanType")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<xml>",
                "<xml><a></xml>",
                "<html></html>",
                "<!DOCTYPE xml SYSTEM \"http://127.0.0.1/x\"><xml><a>1</a></xml>",
                "<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><xml><a>&e;</a></xml>",
                "<!DOCTYPE xml [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><xml><a>&b;</a></xml>",
                "<xml><a>&unknown;</a></xml>",
                "<xml/><xml/>"
            })
    @DisplayName("不成形的、带文档类型或实体的都不收")
    void refusesWhatIsNoMessage(String xml) {
        assertThatThrownBy(() -> read(xml)).isInstanceOf(Envelope.Malformed.class);
    }

    @Test
    @DisplayName("嵌套过深的不收")
    void refusesWhatIsTooDeep() {
        assertThatThrownBy(() -> read("<xml>" + "<a>".repeat(100) + "</a>".repeat(100) + "</xml>"))
                .isInstanceOf(Envelope.Malformed.class);
    }

    @Test
    @DisplayName("内容里有 ]]> 或控制字符时回复仍是好的 XML")
    void anyTextCanBeAnswered() throws Envelope.Malformed {
        String nasty = "他说]]>，又说]]]>>和<b>&amp;\u0000\u0008\ud83d 熊猫\ud83d\udc3c";
        Envelope reply = read(Envelope.text("o]]>1", "gh_1", 1700000000L, nasty));
        assertThat(reply.get("ToUserName")).isEqualTo("o]]>1");
        assertThat(reply.get("Content")).isEqualTo("他说]]>，又说]]]>>和<b>&amp; 熊猫\ud83d\udc3c");
    }

    @Test
    @DisplayName("多个线程同时读，各读各的")
    void readsOnManyThreads() {
        assertThat(IntStream.range(0, 2000).parallel().mapToObj(i -> {
                    try {
                        return read("<xml><Content><![CDATA[" + i + "]]></Content></xml>")
                                .get("Content")
                                .equals("" + i);
                    } catch (Envelope.Malformed e) {
                        return false;
                    }
                }))
                .containsOnly(true);
    }
}
