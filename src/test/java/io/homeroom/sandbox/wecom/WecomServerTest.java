package io.homeroom.sandbox.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("企业微信接口")
class WecomServerTest {

    private final SandboxBench bench = new SandboxBench();
    private final SandboxAccount account = bench.safe;
    private final Colleague teacher = bench.colleagues.hire("whjx", "ZhouMin", "周敏", "teacher");

    private ObjectNode call(String method, String target, String body) {
        WireAnswer answer = bench.wecom.answer(WireRequest.of(method, target, body));
        assertThat(answer.status()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private String token() {
        return Json.text(
                call("GET", "/cgi-bin/gettoken?corpid=" + account.corpId() + "&corpsecret=" + account.cpSecret(), ""),
                "access_token");
    }

    private static long code(ObjectNode answer) {
        return Json.number(answer, "errcode", -9);
    }

    private ObjectNode robot(String content) {
        return call(
                "POST",
                "/cgi-bin/webhook/send?key=robot-secretariat-whjx",
                "{\"msgtype\":\"text\",\"text\":{\"content\":\"" + content + "\"}}");
    }

    private ObjectNode text(String to, String content) {
        return send("{\"touser\":\"" + to + "\",\"msgtype\":\"text\",\"agentid\":1000002,\"text\":{\"content\":\""
                + content + "\"}}");
    }

    private ObjectNode send(String body) {
        return call("POST", "/cgi-bin/message/send?access_token=" + token(), body);
    }

    private Wall wall() {
        return bench.walls.find("whjx-secretariat").orElseThrow();
    }

    @Test
    void a_token_stays_the_same_while_it_is_good_and_then_expires() {
        String token = token();
        bench.pass(Duration.ofSeconds(7199));
        assertThat(token()).isEqualTo(token);
        bench.pass(Duration.ofSeconds(1));
        assertThat(code(call("GET", "/cgi-bin/getcallbackip?access_token=" + token, "")))
                .isEqualTo(42001);
        assertThat(token()).isNotEqualTo(token);
        assertThat(code(call("GET", "/cgi-bin/getcallbackip?access_token=made-up", "")))
                .isEqualTo(40014);
        assertThat(code(call("GET", "/cgi-bin/getcallbackip", ""))).isEqualTo(41001);
        assertThat(code(call("GET", "/cgi-bin/gettoken?corpid=" + account.corpId() + "&corpsecret=x", "")))
                .isEqualTo(40001);
        assertThat(code(call("GET", "/cgi-bin/gettoken?corpid=x&corpsecret=x", "")))
                .isEqualTo(40013);
    }

    @Test
    @DisplayName("群机器人：一分钟 20 条，第 21 条 45009")
    void a_robot_may_write_twenty_times_in_any_minute() {
        for (int i = 0; i < 20; i++) {
            assertThat(code(robot("第" + i + "条"))).isZero();
            bench.pass(Duration.ofSeconds(2));
        }
        ObjectNode refused = robot("第21条");
        assertThat(code(refused)).isEqualTo(45009);
        assertThat(Json.text(refused, "errmsg")).startsWith("api freq out of limit, hint: [");
        assertThat(wall().lines(0)).hasSize(20);

        bench.pass(Duration.ofSeconds(20));
        assertThat(code(robot("又可以了"))).isZero();
        assertThat(code(robot("还不行"))).isEqualTo(45009);
    }

    @Test
    @DisplayName("群机器人：长度按 UTF-8 字节算")
    void a_robots_text_may_have_2048_bytes_and_markdown_4096() {
        assertThat(code(robot("会".repeat(682)))).isZero();
        ObjectNode refused = robot("会".repeat(683));
        assertThat(code(refused)).isEqualTo(40058);
        assertThat(Json.text(refused, "errmsg"))
                .startsWith("text.content exceed max length 2048. invalid Request Parameter, hint: [")
                .endsWith("more info at https://open.work.weixin.qq.com/devtool/query?e=40058");
        String markdown = "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"%s\"}}";
        String target = "/cgi-bin/webhook/send?key=robot-class-whjx";
        assertThat(code(call("POST", target, markdown.formatted("x".repeat(4096)))))
                .isZero();
        assertThat(code(call("POST", target, markdown.formatted("x".repeat(4097)))))
                .isEqualTo(40058);
    }

    @Test
    void a_key_that_is_unknown_or_taken_back_is_no_webhook() {
        assertThat(code(call("POST", "/cgi-bin/webhook/send?key=x", "{\"msgtype\":\"text\"}")))
                .isEqualTo(93000);
        wall().revoke(true);
        assertThat(code(robot("今日办件"))).isEqualTo(93000);
        wall().revoke(false);
        assertThat(code(robot("今日办件"))).isZero();
    }

    @Test
    void a_robot_needs_content_of_a_known_kind() {
        assertThat(code(robot(""))).isEqualTo(44004);
        String target = "/cgi-bin/webhook/send?key=robot-class-whjx";
        assertThat(code(call("POST", target, "{\"msgtype\":\"poem\"}"))).isEqualTo(40008);
        assertThat(code(call("POST", target, "{\"msgtype\":\"image\",\"image\":{\"base64\":\"AAAA\",\"md5\":\"0\"}}")))
                .isEqualTo(301019);
        assertThat(code(call("POST", target, "{\"msgtype\":\"file\",\"file\":{\"media_id\":\"x\"}}")))
                .isEqualTo(40007);
    }

    @Test
    @DisplayName("应用消息：到班主任手机；不认识的、离职的退回 invaliduser")
    void an_app_message_reaches_staff_and_names_who_it_could_not_reach() {
        Colleague gone = bench.colleagues.hire("whjx", "Gone", "走了", "teacher");
        bench.colleagues.dismiss(gone);

        ObjectNode answer = text("zhoumin|Gone|Nobody", "有3家快到期");

        assertThat(code(answer)).isZero();
        assertThat(Json.text(answer, "invaliduser")).isEqualTo("Gone|Nobody");
        assertThat(teacher.messages(0)).extracting(PhoneMessage::text).containsExactly("有3家快到期");
        assertThat(code(text("Gone|Nobody", "有3家快到期"))).isEqualTo(81013);
    }

    @Test
    void another_agents_number_is_refused_and_a_long_text_is_cut_between_characters() {
        assertThat(code(send(
                        "{\"touser\":\"ZhouMin\",\"msgtype\":\"text\",\"agentid\":7,\"text\":{\"content\":\"x\"}}")))
                .isEqualTo(301002);
        text("ZhouMin", "会".repeat(700));
        assertThat(teacher.messages(0).get(0).text()).isEqualTo("会".repeat(682));
        assertThat(AppMessages.cut("a😀b", 4)).isEqualTo("a");
        assertThat(AppMessages.cut("a😀b", 5)).isEqualTo("a😀");
    }

    @Test
    @DisplayName("应用消息：每人每分钟 30 条，超出的不声不响地丢弃")
    void more_than_thirty_messages_a_minute_are_dropped_without_a_word() {
        for (int i = 0; i < 31; i++) {
            assertThat(code(text("ZhouMin", "第" + i + "条"))).isZero();
        }
        assertThat(teacher.messages(0)).hasSize(30);
        bench.pass(Duration.ofMinutes(1));
        text("ZhouMin", "又可以了");
        assertThat(teacher.messages(0)).hasSize(31);
    }

    @Test
    void a_repeated_message_is_shown_once_where_the_check_was_asked_for() {
        String body = "{\"touser\":\"ZhouMin\",\"msgtype\":\"text\",\"agentid\":1000002,\"text\":{\"content\":\"一次\"},"
                + "\"enable_duplicate_check\":1,\"duplicate_check_interval\":600}";
        send(body);
        send(body);
        assertThat(teacher.messages(0)).hasSize(1);
        bench.pass(Duration.ofSeconds(600));
        send(body);
        assertThat(teacher.messages(0)).hasSize(2);
    }

    @Test
    @DisplayName("模板卡片：response_code 只能用一次")
    void a_card_can_be_changed_once_with_its_response_code() {
        ObjectNode answer = send(
                "{\"touser\":\"ZhouMin\",\"msgtype\":\"template_card\",\"agentid\":1000002,\"template_card\":{\"card_type\":\"button_interaction\",\"task_id\":\"t-1\",\"main_title\":{\"title\":\"江城建工"
                        + " 尚未到账\"},\"button_list\":[{\"text\":\"已联系\",\"key\":\"contacted\"}]}}");
        String responseCode = Json.text(answer, "response_code");
        assertThat(teacher.messages(0).get(0).data()).containsEntry("responseCode", responseCode);
        String update = "{\"userids\":[\"ZhouMin\"],\"agentid\":1000002,\"response_code\":\"" + responseCode
                + "\",\"button\":{\"replace_name\":\"已联系\"}}";
        String target = "/cgi-bin/message/update_template_card?access_token=" + token();

        assertThat(code(call("POST", target, update))).isZero();
        assertThat(code(call("POST", target, update))).isEqualTo(42045);
    }

    @Test
    void who_logs_in_is_told_by_the_code_of_the_oauth_page_once() {
        String code = bench.oauth.issue(account.corpId(), "ZhouMin", "snsapi_base");
        String target = "/cgi-bin/auth/getuserinfo?access_token=" + token() + "&code=" + code;

        assertThat(Json.text(call("GET", target, ""), "userid")).isEqualTo("ZhouMin");
        assertThat(code(call("GET", target, ""))).isEqualTo(40029);
    }
}
