package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.when;

import io.homeroom.desk.Card;
import io.homeroom.notice.Channel;
import io.homeroom.notice.Letter;
import io.homeroom.notice.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@Tag("mysql")
@DisplayName("送信的去路与结果")
class CourierTest extends RoomTest {

    private static final String TEMPLATE = "/cgi-bin/message/template/send";
    private static final String CUSTOM = "/cgi-bin/message/custom/send";
    private static final String WECOM = "/cgi-bin/message/send";
    private static final String ROBOT = "/cgi-bin/webhook/send";

    @Autowired
    WechatCourier courier;

    @Autowired
    Answers answers;

    @BeforeEach
    void nobodyIsKnown() {
        when(roster.find(anyLong())).thenReturn(Optional.empty());
    }

    private static Letter letter(String association, Channel channel, String about, Map<String, String> data) {
        return new Letter(association, channel, "o1", 7L, about, "2026年度会费尚未到账〔第十二条〕。", List.of(), data, "N-1");
    }

    private static Letter bill() {
        return letter(SECURE, Channel.WECHAT, "bill", Map.of("amountFen", "800000", "dueOn", "2026-03-31"));
    }

    @Test
    @DisplayName("有模板的用模板消息，带防重编号，只说已受理")
    void usesTheTemplate() throws Exception {
        WECHAT.on(TEMPLATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":200228332}");
        assertThat(courier.send(bill())).isEqualTo(new Sent.Accepted("200228332"));
        assertThat(WECHAT.next(TEMPLATE).body())
                .contains("\"touser\":\"o1\"")
                .contains("\"template_id\":\"TPL-BILL\"")
                .contains("\"client_msg_id\":\"N-1\"")
                .contains("¥8000.00")
                .contains("2026年3月31日")
                .contains("https://homeroom.example/m/whjx/");
        assertThat(courier.remembers(bill())).isEqualTo(Duration.ofMinutes(10).minusSeconds(30));
    }

    @Test
    @DisplayName("自己那种没有模板、或缺金额日期的，用通用通知的模板")
    void fallsBackToTheGeneralTemplate() throws Exception {
        WECHAT.on(TEMPLATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":1}");
        courier.send(letter(SECURE, Channel.WECHAT, "bill", Map.of()));
        assertThat(WECHAT.next(TEMPLATE).body()).contains("TPL-NOTICE").contains("会费账单");
        courier.send(letter(SECURE, Channel.WECHAT, "class-teacher", Map.of()));
        assertThat(WECHAT.next(TEMPLATE).body()).contains("TPL-NOTICE").contains("2026年度会费尚未到账〔第十二条〕");
    }

    @ParameterizedTest
    @CsvSource({
        "43004, Failed",
        "40003, Failed",
        "43101, Failed",
        "47003, Failed",
        "40037, Failed",
        "45009, Spent",
        "45011, Retry",
        "42001, Retry",
        "-1, Retry"
    })
    @DisplayName("微信的错误码：永远不行的算失败，现在不行的过后再发")
    void tellsRefusalsApart(int code, String fate) {
        WECHAT.on(TEMPLATE, "{\"errcode\":" + code + ",\"errmsg\":\"no rid: 1-2-3\"}");
        assertThat(courier.send(bill()).getClass().getSimpleName()).isEqualTo(fate);
    }

    @Test
    @DisplayName("断线、5xx、不是 JSON：结果不明")
    void doesNotPretendToKnow() {
        WECHAT.on(TEMPLATE, asked -> StandIn.Answer.cut());
        assertThat(courier.send(bill())).isInstanceOf(Sent.Unknown.class);
        WECHAT.on(TEMPLATE, asked -> new StandIn.Answer(502, Map.of(), "<html>"));
        assertThat(courier.send(bill())).isInstanceOf(Sent.Unknown.class);
        WECHAT.on(TEMPLATE, asked -> new StandIn.Answer(200, Map.of(), "<html>"));
        assertThat(courier.send(bill())).isInstanceOf(Sent.Unknown.class);
    }

    @Test
    @DisplayName("取不到凭据：肯定没发，过后再发")
    void withoutATokenNothingWasSent() {
        WECHAT.on("/cgi-bin/stable_token", asked -> StandIn.Answer.cut());
        Letter letter = letter(SECURE, Channel.WECHAT, "bill", Map.of("amountFen", "1", "dueOn", "2026-03-31"));
        clock.pass(Duration.ofHours(3));
        assertThat(courier.send(letter)).isInstanceOf(Sent.Retry.class);
        assertThat(WECHAT.waiting(TEMPLATE)).isZero();
    }

    @Test
    @DisplayName("接连没有答复的线路先放一放，不再占着线程等")
    void leavesABrokenLineAlone() {
        WECHAT.on(TEMPLATE, asked -> StandIn.Answer.cut());
        for (int i = 0; i < 12; i++) {
            courier.send(bill());
        }
        int before = WECHAT.waiting(TEMPLATE);
        assertThat(courier.send(bill())).isInstanceOf(Sent.Retry.class);
        assertThat(WECHAT.waiting(TEMPLATE)).isEqualTo(before);
    }

    @Test
    @DisplayName("没有模板的：本人说过话后四十八小时内用客服消息，否则失败，由班主任接手")
    void writesOnlyInsideTheWindow() throws Exception {
        Letter letter = letter(PLAIN, Channel.WECHAT, "bill", Map.of("url", "https://homeroom.example/m/igrs/bills/1"));
        assertThat(courier.send(letter)).isInstanceOf(Sent.Failed.class);
        answers.answer(new Answers.Message(PLAIN, "m|1|o1", "o1", Duration.ofHours(48)), () -> "好");
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        assertThat(WECHAT.next(CUSTOM).body())
                .contains("2026年度会费尚未到账〔第十二条〕。")
                .contains("https://homeroom.example/m/igrs/bills/1");
        assertThat(courier.remembers(letter)).isZero();
        clock.pass(Duration.ofHours(48));
        assertThat(courier.send(letter)).isInstanceOf(Sent.Failed.class);
    }

    @Test
    @DisplayName("窗口期微信说了算：45015、45047 是失败")
    void believesWeChatAboutTheWindow() {
        answers.answer(new Answers.Message(PLAIN, "m|2|o1", "o1", Duration.ofHours(48)), () -> "好");
        WECHAT.on(CUSTOM, "{\"errcode\":45047,\"errmsg\":\"out of response count limit\"}");
        assertThat(courier.send(letter(PLAIN, Channel.WECHAT, "bill", Map.of())))
                .isInstanceOf(Sent.Failed.class);
    }

    @Test
    @DisplayName("企业微信：要求对方查重；不在可见范围的是失败")
    void writesToColleagues() throws Exception {
        WECHAT.on(WECOM, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m1\"}");
        Letter letter = letter(SECURE, Channel.WECOM, "task", Map.of());
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        assertThat(WECHAT.next(WECOM).body())
                .contains("\"agentid\":1000002")
                .contains("\"touser\":\"o1\"")
                .contains("\"enable_duplicate_check\":1");
        assertThat(courier.remembers(letter)).isEqualTo(Duration.ofMinutes(30).minusSeconds(30));
        WECHAT.on(WECOM, "{\"errcode\":0,\"errmsg\":\"ok\",\"invaliduser\":\"o1\"}");
        assertThat(courier.send(letter)).isInstanceOf(Sent.Failed.class);
        WECHAT.on(WECOM, asked -> StandIn.Answer.cut());
        assertThat(courier.send(letter)).isInstanceOf(Sent.Unknown.class);
    }

    @Test
    @DisplayName("太长的消息在句末分开说，一字不少；说到一半断了是未确认，不从头再说")
    void saysLongMessagesInPieces() throws Exception {
        String text = java.util.stream.IntStream.range(100, 300)
                .mapToObj(number -> "第" + number + "句有头有尾。")
                .collect(java.util.stream.Collectors.joining());
        Letter letter = new Letter(SECURE, Channel.WECOM, "o1", 7L, "task", text, List.of(), Map.of(), "N-2");
        WECHAT.on(WECOM, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m1\"}");
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        StringBuilder said = new StringBuilder();
        while (WECHAT.waiting(WECOM) > 0) {
            String body = WECHAT.next(WECOM).body();
            String piece = body.replaceAll("(?s).*\"content\":\"([^\"]*)\".*", "$1");
            assertThat(piece.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(2048);
            assertThat(piece).endsWith("。");
            said.append(piece);
        }
        assertThat(said.toString()).isEqualTo(text);

        Letter robot = new Letter(SECURE, Channel.ROBOT, "", null, "digest", text, List.of(), Map.of(), "N-3");
        java.util.concurrent.atomic.AtomicInteger times = new java.util.concurrent.atomic.AtomicInteger();
        WECHAT.on(
                ROBOT,
                asked -> StandIn.Answer.json(
                        times.incrementAndGet() == 1
                                ? "{\"errcode\":0,\"errmsg\":\"ok\"}"
                                : "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}"));
        assertThat(courier.send(robot))
                .isInstanceOfSatisfying(
                        Sent.Unknown.class, sent -> assertThat(sent.why()).contains("只发出前1条"));
    }

    @Test
    @DisplayName("企业微信按内容查重：两件事说同样的话，内容也不同；同一件再发，一字不差；一件之内重复的段落也分得开")
    void tellsApartWhatSaysTheSame() throws Exception {
        WECHAT.on(WECOM, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m1\"}");
        Letter first = letter(SECURE, Channel.WECOM, "task", Map.of());
        Letter second = first.nth(2);
        assertThat(courier.knowsByWords(first)).isTrue();
        assertThat(courier.knowsByWords(
                        letter(SECURE, Channel.WECOM, "card", Card.of("一", "二").data())))
                .isFalse();
        List<String> bodies = new java.util.ArrayList<>();
        for (Letter letter : List.of(first, second, first, second)) {
            assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
            bodies.add(WECHAT.next(WECOM).body());
        }
        assertThat(bodies.get(0)).contains("尚未到账〔第十二条〕。\"").isEqualTo(bodies.get(2));
        assertThat(bodies.get(1)).contains("尚未到账〔第十二条〕。\\n（第2条内容相同的通知，不是重发）").isEqualTo(bodies.get(3));

        Letter monotonous = new Letter(
                SECURE, Channel.WECOM, "o1", 7L, "task", "这一句话有头有尾。".repeat(400), List.of(), Map.of(), "N-4");
        courier.send(monotonous);
        List<String> pieces = new java.util.ArrayList<>();
        while (WECHAT.waiting(WECOM) > 0) {
            pieces.add(WECHAT.next(WECOM).body());
        }
        assertThat(pieces).hasSizeGreaterThan(4).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("模板消息每天有额度，客服消息没有；额度照设置，二十分之一留给急事")
    void countsTemplatesByTheDay() {
        assertThat(courier.quota(bill())).hasValueSatisfying(quota -> {
            assertThat(quota.most()).isEqualTo(100_000);
            assertThat(quota.calm()).isEqualTo(95_000);
        });
        assertThat(courier.quota(letter(PLAIN, Channel.WECHAT, "bill", Map.of())))
                .isEmpty();
        assertThat(courier.quota(letter(SECURE, Channel.WECOM, "task", Map.of())))
                .isEmpty();
    }

    @Test
    @DisplayName("卡片：按钮带着键回来或打开页面，过长的截短；同一张卡片每次都是同一个编号")
    void writesCardsToColleagues() throws Exception {
        WECHAT.on(WECOM, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":\"m1\",\"response_code\":\"RC\"}");
        Card card = Card.of("江城建工", "长".repeat(120))
                .row("欠费", "¥8,000.00")
                .row("备注", "")
                .opens("打电话", "/t/whjx/members/7")
                .button("已联系", "arrears:contacted:7");
        Letter letter = letter(SECURE, Channel.WECOM, "card", card.data());
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        String body = WECHAT.next(WECOM).body();
        assertThat(body)
                .contains("\"msgtype\":\"template_card\"")
                .contains("\"card_type\":\"button_interaction\"")
                .contains("\"task_id\":\"" + letter.dedupeId() + "\"")
                .contains("\"title\":\"江城建工\"")
                .contains("\"sub_title_text\":\"" + "长".repeat(111) + "…\"")
                .contains("\"keyname\":\"欠费\"", "\"value\":\"¥8,000.00\"")
                .contains("https://homeroom.example/t/whjx/members/7")
                .contains("\"key\":\"arrears:contacted:7\"")
                .contains("\"enable_duplicate_check\":1")
                .doesNotContain("备注");
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        assertThat(WECHAT.next(WECOM).body()).isEqualTo(body);
    }

    @Test
    @DisplayName("点过的卡片换成一个词，不能再点；早已换过的不算失败，别的错误照实说")
    void settlesCards() throws Exception {
        String update = "/cgi-bin/message/update_template_card";
        WECHAT.on(update, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        Letter letter = letter(SECURE, Channel.WECOM, "card-settled", Card.settles("RC-1"));
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        assertThat(WECHAT.next(update).body())
                .contains("\"response_code\":\"RC-1\"")
                .contains("\"userids\":[\"o1\"]")
                .contains("\"replace_name\":\"" + letter.text() + "\"");
        WECHAT.on(update, "{\"errcode\":42045,\"errmsg\":\"invalid response_code\"}");
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        WECHAT.on(update, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
        assertThat(courier.send(letter)).isInstanceOf(Sent.Retry.class);
    }

    @Test
    @DisplayName("群机器人：发到秘书处的群；频率超限过后再发；没有配置的是失败")
    void postsToTheGroup() throws Exception {
        WECHAT.on(ROBOT, "{\"errcode\":0,\"errmsg\":\"ok\"}");
        Letter letter = letter(SECURE, Channel.ROBOT, "digest", Map.of());
        assertThat(courier.send(letter)).isEqualTo(new Sent.Delivered());
        StandIn.Asked asked = WECHAT.next(ROBOT);
        assertThat(asked.target()).contains("key=robot-key").doesNotContain("access_token");
        WECHAT.on(ROBOT, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}");
        assertThat(courier.send(letter)).isInstanceOf(Sent.Retry.class);
        WECHAT.on(ROBOT, asked2 -> StandIn.Answer.cut());
        assertThat(courier.send(letter)).isInstanceOf(Sent.Unknown.class);
        assertThat(courier.send(letter(PLAIN, Channel.ROBOT, "digest", Map.of())))
                .isInstanceOf(Sent.Failed.class);
    }

    @Test
    @DisplayName("凭据存在库里，加密，各节点共用；失效的换新后重发一次")
    void sharesTheToken() throws Exception {
        WECHAT.on(TEMPLATE, "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":1}");
        clock.pass(Duration.ofHours(3));
        courier.send(bill());
        courier.send(bill());
        WECHAT.next("/cgi-bin/stable_token");
        assertThat(WECHAT.waiting("/cgi-bin/stable_token")).isZero();
        assertThat(jdbc.queryForList("SELECT secret FROM wx_token", String.class))
                .hasSize(1)
                .allSatisfy(secret -> assertThat(secret).doesNotContain("T1"));

        WECHAT.on("/cgi-bin/stable_token", "{\"access_token\":\"T2\",\"expires_in\":7200}");
        WECHAT.on(
                TEMPLATE,
                asked -> StandIn.Answer.json(
                        asked.target().contains("T2")
                                ? "{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":2}"
                                : "{\"errcode\":40001,\"errmsg\":\"invalid credential\"}"));
        assertThat(courier.send(bill())).isEqualTo(new Sent.Accepted("2"));
    }
}
