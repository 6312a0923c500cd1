package io.homeroom.sandbox.wecom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.phone.Colleague;
import io.homeroom.sandbox.phone.Delivery;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.wall.Wall;
import io.homeroom.sandbox.wire.CallbackCipher;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.WireRequest;
import io.homeroom.sandbox.wire.Xml;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("客户联系、客户群与群发")
class CustomersTest {

    private final SandboxBench bench = new SandboxBench();
    private final SandboxAccount account = bench.safe;
    private final Colleague teacher = bench.colleagues.hire("whjx", "ZhouMin", "周敏", "teacher");
    private final Phone phone = bench.follower(account, "张三");
    private final String externalUserid = Customers.externalUserid(phone.openid());

    private String token() {
        return Json.text(
                Json.read(bench.wecom
                        .answer(WireRequest.of(
                                "GET",
                                "/cgi-bin/gettoken?corpid=" + account.corpId() + "&corpsecret=" + account.cpSecret(),
                                ""))
                        .body()),
                "access_token");
    }

    private ObjectNode call(String method, String path, String body) {
        String joint = path.contains("?") ? "&" : "?";
        return Json.read(bench.wecom
                .answer(WireRequest.of(
                        method, "/cgi-bin/externalcontact/" + path + joint + "access_token=" + token(), body))
                .body());
    }

    private static long code(ObjectNode answer) {
        return Json.number(answer, "errcode", -9);
    }

    private Xml.Tree pushed(int number) throws SAXException, GeneralSecurityException {
        SandboxBench.Sent sent = bench.sent.get(number);
        String encrypted = Xml.read(sent.body()).textOrEmpty("Encrypt");
        WireRequest request = WireRequest.of(
                "POST", sent.address().getPath() + "?" + sent.address().getRawQuery(), "");
        assertThat(request.path()).isEqualTo("/wechat/cp/whjx");
        assertThat(request.parameter("msg_signature"))
                .isEqualTo(Sha1.ofSorted(
                        account.cpToken(), request.parameter("timestamp"), request.parameter("nonce"), encrypted));
        CallbackCipher.Opened opened = new CallbackCipher(account.cpAesKey(), account.corpId()).decrypt(encrypted);
        assertThat(opened.receiver()).isEqualTo(account.corpId());
        return Xml.read(opened.message());
    }

    @Test
    @DisplayName("加为客户：推送带欢迎语凭据，20 秒内可用一次")
    void a_new_customer_can_be_welcomed_once_within_twenty_seconds() throws Exception {
        bench.customers.befriend(teacher, phone, "class-3");

        Xml.Tree event = pushed(0);
        assertThat(event.text("ChangeType")).isEqualTo("add_external_contact");
        assertThat(event.text("UserID")).isEqualTo("ZhouMin");
        assertThat(event.text("State")).isEqualTo("class-3");
        String welcome = "{\"welcome_code\":\"" + event.text("WelcomeCode") + "\",\"text\":{\"content\":\"我是你的班主任\"}}";
        assertThat(code(call("POST", "send_welcome_msg", welcome))).isZero();
        assertThat(code(call("POST", "send_welcome_msg", welcome))).isEqualTo(41050);
        assertThat(phone.messages(0)).extracting(PhoneMessage::from).containsExactly("staff");

        bench.customers.befriend(teacher, phone, "");
        bench.pass(Duration.ofSeconds(20));
        String late = welcome.replace(
                String.valueOf(event.text("WelcomeCode")),
                String.valueOf(pushed(1).text("WelcomeCode")));
        assertThat(code(call("POST", "send_welcome_msg", late))).isEqualTo(41050);
    }

    @Test
    void a_customer_is_listed_and_shown_until_it_leaves() {
        assertThat(code(call("GET", "list?userid=ZhouMin", ""))).isEqualTo(84061);
        bench.customers.knownBefore(teacher, phone, "");

        assertThat(Json.list(call("GET", "list?userid=ZhouMin", ""), "external_userid")
                        .get(0)
                        .asString())
                .isEqualTo(externalUserid);
        ObjectNode shown = call("GET", "get?external_userid=" + externalUserid, "");
        assertThat(Json.text(Json.child(shown, "external_contact"), "name")).isEqualTo("张三");
        bench.customers.unfriend(teacher, phone);
        assertThat(code(call("GET", "get?external_userid=" + externalUserid, "")))
                .isEqualTo(84061);
        assertThat(code(call("GET", "get?external_userid=x", ""))).isEqualTo(40096);
    }

    @Test
    @DisplayName("联系我：扫码得到带 state 的客户")
    void a_contact_way_carries_its_state() {
        ObjectNode made =
                call("POST", "add_contact_way", "{\"type\":1,\"scene\":2,\"state\":\"m-7\",\"user\":[\"ZhouMin\"]}");

        Customers.Follow way =
                bench.customers.wayByUrl(Json.text(made, "qr_code")).orElseThrow();

        assertThat(way.userid()).isEqualTo("ZhouMin");
        assertThat(way.state()).isEqualTo("m-7");
        assertThat(code(call("POST", "add_contact_way", "{\"type\":1,\"scene\":2,\"user\":[\"Nobody\"]}")))
                .isEqualTo(40003);
    }

    @Test
    @DisplayName("客户群：谁进谁出都推送，名单可查，解散后查不到")
    void who_comes_and_goes_in_a_group_is_pushed_and_can_be_read() throws Exception {
        Customers.Group group = bench.customers.groupBefore("whjx", "class-1", "一班", teacher);

        bench.customers.join(group, phone, 3);
        Xml.Tree joined = pushed(0);
        assertThat(joined.text("ChatId")).isEqualTo(group.chatId());
        assertThat(joined.text("UpdateDetail")).isEqualTo("add_member");
        assertThat(joined.text("JoinScene")).isEqualTo("3");
        ObjectNode shown = Json.child(
                call("POST", "groupchat/get", "{\"chat_id\":\"" + group.chatId() + "\",\"need_name\":1}"),
                "group_chat");
        assertThat(Json.list(shown, "member_list")).hasSize(2);
        assertThat(Json.text(shown, "owner")).isEqualTo("ZhouMin");
        assertThat(Json.text(Json.list(shown, "member_list").get(1), "name")).isEqualTo("张三");

        bench.customers.leave(group, phone, false);
        assertThat(pushed(1).text("UpdateDetail")).isEqualTo("del_member");
        bench.customers.dismiss(group);
        assertThat(pushed(2).text("ChangeType")).isEqualTo("dismiss");
        assertThat(code(call("POST", "groupchat/get", "{\"chat_id\":\"" + group.chatId() + "\"}")))
                .isEqualTo(40050);
        assertThat(Json.list(call("POST", "groupchat/list", "{\"limit\":10}"), "group_chat_list"))
                .isEmpty();
    }

    @Test
    void groups_are_listed_page_by_page() {
        for (int i = 0; i < 3; i++) {
            bench.customers.groupBefore("whjx", "class-" + i, i + "班", teacher);
        }

        ObjectNode first = call("POST", "groupchat/list", "{\"limit\":2}");
        ObjectNode second =
                call("POST", "groupchat/list", "{\"limit\":2,\"cursor\":\"" + Json.text(first, "next_cursor") + "\"}");

        assertThat(Json.list(first, "group_chat_list")).hasSize(2);
        assertThat(Json.list(second, "group_chat_list")).hasSize(1);
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(code(call("POST", "groupchat/list", "{}"))).isEqualTo(40058);
    }

    private String broadcast(Customers.Group group, String text) {
        ObjectNode answer = call(
                "POST",
                "add_msg_template",
                "{\"chat_type\":\"group\",\"sender\":\"ZhouMin\",\"chat_id_list\":[\"" + group.chatId()
                        + "\",\"wrUnknown\"],\"text\":{\"content\":\"" + text + "\"}}");
        assertThat(code(answer)).isZero();
        assertThat(Json.list(answer, "fail_list").get(0).asString()).isEqualTo("wrUnknown");
        return Json.text(answer, "msgid");
    }

    private long status(String msgid) {
        ObjectNode answer =
                call("POST", "get_groupmsg_send_result", "{\"msgid\":\"" + msgid + "\",\"userid\":\"ZhouMin\"}");
        return Json.number(Json.list(answer, "send_list").get(0), "status", -9);
    }

    @Test
    @DisplayName("群发只是任务，班主任确认后才发出；每群每月最多四次")
    void a_broadcast_goes_out_when_its_sender_confirms_it_four_times_a_month() {
        Customers.Group group = bench.customers.groupBefore("whjx", "class-1", "一班", teacher);
        Wall wall = bench.walls.find(group.chatId()).orElseThrow();
        String first = broadcast(group, "第1次");
        assertThat(wall.lines(0)).isEmpty();
        assertThat(status(first)).isZero();
        assertThat(bench.broadcasts.tasks(teacher)).hasSize(1);

        bench.broadcasts.confirm(teacher, first);
        assertThat(wall.lines(0)).extracting(Wall.Line::text).containsExactly("第1次");
        assertThat(status(first)).isEqualTo(1);
        assertThatThrownBy(() -> bench.broadcasts.confirm(teacher, first)).isInstanceOf(IllegalArgumentException.class);
        for (int i = 2; i <= 4; i++) {
            bench.broadcasts.confirm(teacher, broadcast(group, "第" + i + "次"));
        }
        String fifth = broadcast(group, "第5次");
        bench.broadcasts.confirm(teacher, fifth);
        assertThat(status(fifth)).isEqualTo(3);
        assertThat(wall.lines(0)).hasSize(4);

        bench.pass(Duration.ofDays(12));
        String nextMonth = broadcast(group, "四月");
        bench.broadcasts.confirm(teacher, nextMonth);
        assertThat(status(nextMonth)).isEqualTo(1);
    }

    @Test
    void a_cancelled_broadcast_can_no_longer_be_confirmed_and_reminders_are_three_a_day() {
        String msgid = broadcast(bench.customers.groupBefore("whjx", "class-1", "一班", teacher), "年会");
        String body = "{\"msgid\":\"" + msgid + "\"}";
        for (int i = 0; i < 3; i++) {
            assertThat(code(call("POST", "remind_groupmsg_send", body))).isZero();
        }
        assertThat(code(call("POST", "remind_groupmsg_send", body))).isEqualTo(45009);
        assertThat(code(call("POST", "cancel_groupmsg_send", body))).isZero();

        assertThatThrownBy(() -> bench.broadcasts.confirm(teacher, msgid)).isInstanceOf(IllegalArgumentException.class);
    }

    private ObjectNode uploads(String type, String name, byte[] content) throws Exception {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        body.write(("--b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"" + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        body.write(content);
        body.write("\r\n--b--\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        io.homeroom.sandbox.wire.WireRequest request = new io.homeroom.sandbox.wire.WireRequest(
                "POST",
                "/cgi-bin/media/upload",
                "access_token=" + token() + "&type=" + type,
                java.util.Map.of("Content-Type", "multipart/form-data; boundary=b"),
                body.toByteArray(),
                "http://x");
        return Json.read(bench.wecom.answer(request).body());
    }

    @Test
    @DisplayName("素材：大小和种类有限；群发只认上传过的；文件名带到群里")
    void media_are_uploaded_before_they_are_broadcast() throws Exception {
        Customers.Group group = bench.customers.groupBefore("whjx", "class-1", "一班", teacher);
        assertThat(code(uploads("file", "空.pdf", new byte[4]))).isEqualTo(40006);
        assertThat(code(uploads("image", "大.jpg", new byte[(10 << 20) + 1]))).isEqualTo(40006);
        assertThat(code(uploads("image", "程序.exe", new byte[9]))).isEqualTo(40005);
        assertThat(code(uploads("song", "歌.mp3", new byte[9]))).isEqualTo(40004);
        String media = Json.text(uploads("file", "议程.pdf", new byte[9]), "media_id");
        String task = "{\"chat_type\":\"group\",\"sender\":\"ZhouMin\",\"chat_id_list\":[\"" + group.chatId()
                + "\"],\"attachments\":[{\"msgtype\":\"file\",\"file\":{\"media_id\":\"%s\"}}]}";
        assertThat(code(call("POST", "add_msg_template", task.formatted("unknown"))))
                .isEqualTo(40007);
        ObjectNode made = call("POST", "add_msg_template", task.formatted(media));
        bench.broadcasts.confirm(teacher, Json.text(made, "msgid"));
        assertThat(bench.walls.find(group.chatId()).orElseThrow().lines(0))
                .singleElement()
                .satisfies(line -> assertThat(line.data().toString()).contains("议程.pdf"));
    }

    @Test
    @DisplayName("一对一群发：不再是客户的，状态 2")
    void a_broadcast_to_customers_reaches_those_who_still_are() {
        bench.customers.knownBefore(teacher, phone, "");
        ObjectNode answer = call(
                "POST",
                "add_msg_template",
                "{\"external_userid\":[\"" + externalUserid + "\",\"wmNobody\"],\"text\":{\"content\":\"年会\"}}");
        assertThat(Json.list(answer, "fail_list")).hasSize(1);
        bench.customers.unfriend(teacher, phone);

        bench.broadcasts.confirm(teacher, Json.text(answer, "msgid"));

        assertThat(status(Json.text(answer, "msgid"))).isEqualTo(2);
        assertThat(phone.messages(0)).isEmpty();
    }

    @Test
    void an_app_event_of_a_card_is_pushed_once_even_without_an_answer() throws Exception {
        bench.application = sent -> {
            throw new java.io.IOException("cut");
        };

        Delivery delivery = bench.staffGestures.card(teacher, "contacted", "t-1", "button_interaction", "rc");

        assertThat(delivery.tries()).isEqualTo(1);
        assertThat(pushed(0).text("EventKey")).isEqualTo("contacted");
        assertThat(pushed(0).text("TaskId")).isEqualTo("t-1");
        assertThat(bench.staffGestures.text(teacher, "我的班级").tries()).isEqualTo(3);
    }
}
