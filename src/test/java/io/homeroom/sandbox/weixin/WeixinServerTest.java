package io.homeroom.sandbox.weixin;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.phone.PhoneMessage;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("公众号接口")
class WeixinServerTest {

    private final SandboxBench bench = new SandboxBench();
    private final SandboxAccount account = bench.safe;

    private ObjectNode call(String method, String target, String body) {
        WireAnswer answer = bench.weixin.answer(WireRequest.of(method, target, body));
        assertThat(answer.status()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private ObjectNode post(String path, String body) {
        return call("POST", path + "?access_token=" + stable(false), body);
    }

    private String plain() {
        return Json.text(
                call(
                        "GET",
                        "/cgi-bin/token?grant_type=client_credential&appid=" + account.appId() + "&secret="
                                + account.secret(),
                        ""),
                "access_token");
    }

    private ObjectNode stableAnswer(boolean force) {
        return call(
                "POST",
                "/cgi-bin/stable_token",
                "{\"grant_type\":\"client_credential\",\"appid\":\"" + account.appId() + "\",\"secret\":\""
                        + account.secret() + "\",\"force_refresh\":" + force + "}");
    }

    private String stable(boolean force) {
        return Json.text(stableAnswer(force), "access_token");
    }

    private long tried(String token) {
        return Json.number(call("GET", "/cgi-bin/getcallbackip?access_token=" + token, ""), "errcode", 0);
    }

    private long custom(Phone phone, String text) {
        return Json.number(
                post(
                        "/cgi-bin/message/custom/send",
                        "{\"touser\":\"" + phone.openid() + "\",\"msgtype\":\"text\",\"text\":{\"content\":\"" + text
                                + "\"}}"),
                "errcode",
                -9);
    }

    private static String bill(Phone phone, String amount, String more) {
        return "{\"touser\":\"" + phone.openid() + "\",\"template_id\":\"TEMPLATE-BILL\"," + more
                + "\"data\":{\"thing1\":{\"value\":\"江城建工\"},\"thing2\":{\"value\":\"2026年度会费\"},"
                + "\"amount3\":{\"value\":\"" + amount + "\"},\"time4\":{\"value\":\"2026年3月31日\"}}}";
    }

    @Test
    @DisplayName("普通凭据：新的一取，旧的只再活五分钟")
    void a_new_plain_token_leaves_the_old_one_five_minutes() {
        String first = plain();
        String second = plain();

        assertThat(second).isNotEqualTo(first);
        bench.pass(Duration.ofSeconds(299));
        assertThat(tried(first)).isZero();
        bench.pass(Duration.ofSeconds(1));
        assertThat(tried(first)).isEqualTo(42001);
        assertThat(tried(second)).isZero();
    }

    @Test
    @DisplayName("稳定版凭据：有效期内不变，最后五分钟换新，新旧都有效")
    void a_stable_token_stays_the_same_until_its_last_five_minutes() {
        String first = stable(false);
        bench.pass(Duration.ofSeconds(6899));
        assertThat(stable(false)).isEqualTo(first);
        assertThat(Json.number(stableAnswer(false), "expires_in", 0)).isEqualTo(301);

        bench.pass(Duration.ofSeconds(1));
        String second = stable(false);

        assertThat(second).isNotEqualTo(first);
        assertThat(tried(first)).isZero();
        assertThat(tried(second)).isZero();
    }

    @Test
    void a_forced_refresh_voids_the_token_at_once_but_not_twice_in_half_a_minute() {
        String first = stable(false);
        String second = stable(true);

        assertThat(second).isNotEqualTo(first);
        assertThat(tried(first)).isEqualTo(42001);
        assertThat(stable(true)).isEqualTo(second);
        bench.pass(Duration.ofSeconds(30));
        assertThat(stable(true)).isNotEqualTo(second);
    }

    @Test
    void the_plain_and_the_stable_call_do_not_disturb_each_other() {
        String stable = stable(false);
        plain();
        plain();
        bench.pass(Duration.ofMinutes(6));

        assertThat(stable(false)).isEqualTo(stable);
        assertThat(tried(stable)).isZero();
    }

    @Test
    void the_two_thousand_and_first_plain_token_of_a_day_is_refused_until_the_quota_is_cleared() {
        for (int i = 0; i < 2000; i++) {
            plain();
        }

        assertThat(plain()).isEmpty();
        post("/cgi-bin/clear_quota", "{\"appid\":\"" + account.appId() + "\"}");
        assertThat(plain()).isNotEmpty();
    }

    @Test
    void wrong_credentials_and_tokens_are_named_with_their_codes() {
        assertThat(tried("made-up")).isEqualTo(40001);
        assertThat(Json.number(call("GET", "/cgi-bin/getcallbackip", ""), "errcode", 0))
                .isEqualTo(41001);
        ObjectNode secret =
                call("GET", "/cgi-bin/token?grant_type=client_credential&appid=" + account.appId() + "&secret=x", "");
        assertThat(Json.number(secret, "errcode", 0)).isEqualTo(40125);
        assertThat(Json.text(secret, "errmsg")).matches("invalid appsecret rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}");
        ObjectNode app = call("GET", "/cgi-bin/token?grant_type=client_credential&appid=wx0&secret=x", "");
        assertThat(Json.number(app, "errcode", 0)).isEqualTo(40013);
    }

    @Test
    @DisplayName("客服消息：用户发过消息后 48 小时内五条")
    void five_customer_service_messages_may_follow_a_message_within_48_hours() {
        Phone phone = bench.follower(account, "a");
        assertThat(custom(phone, "早")).isEqualTo(45015);

        bench.gestures.text(phone, "你好");
        for (int i = 0; i < 5; i++) {
            assertThat(custom(phone, "第" + i + "条")).isZero();
        }
        assertThat(custom(phone, "第六条")).isEqualTo(45047);

        bench.gestures.text(phone, "再来");
        bench.pass(Duration.ofHours(48));
        assertThat(custom(phone, "太晚")).isEqualTo(45015);
    }

    @Test
    @DisplayName("客服消息：点菜单后一分钟内三条；取消关注后不能发")
    void three_may_follow_a_click_within_a_minute_and_none_an_unfollowing() {
        Phone phone = bench.follower(account, "a");
        bench.gestures.click(phone, "STATUS");
        for (int i = 0; i < 3; i++) {
            assertThat(custom(phone, "第" + i + "条")).isZero();
        }
        assertThat(custom(phone, "第四条")).isEqualTo(45047);
        bench.pass(Duration.ofMinutes(1));
        assertThat(custom(phone, "太晚")).isEqualTo(45015);

        bench.gestures.text(phone, "你好");
        bench.gestures.unfollow(phone);
        assertThat(custom(phone, "走了")).isEqualTo(45015);
    }

    @Test
    void an_openid_of_another_account_is_invalid_and_a_long_text_is_refused() {
        Phone stranger = bench.follower(bench.plain, "a");
        assertThat(custom(stranger, "你好")).isEqualTo(40003);

        Phone phone = bench.follower(account, "a");
        bench.gestures.text(phone, "你好");
        assertThat(custom(phone, "会".repeat(682))).isZero();
        assertThat(custom(phone, "会".repeat(683))).isEqualTo(45002);
    }

    @Test
    @DisplayName("模板消息：到手机上，随后推送送达事件")
    void a_template_message_reaches_the_phone_and_its_result_the_application() {
        Phone phone = bench.follower(account, "a");

        ObjectNode answer = post("/cgi-bin/message/template/send", bill(phone, "¥8,000.00", ""));

        assertThat(Json.number(answer, "errcode", -9)).isZero();
        List<PhoneMessage> shown = phone.messages(0);
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).kind()).isEqualTo("template");
        assertThat(bench.sent).isEmpty();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.sent).hasSize(1);
    }

    @Test
    void a_repeated_client_msg_id_is_shown_once_and_answered_with_the_same_id() {
        Phone phone = bench.follower(account, "a");
        String body = bill(phone, "¥1.00", "\"client_msg_id\":\"bill-1\",");

        ObjectNode first = post("/cgi-bin/message/template/send", body);
        ObjectNode second = post("/cgi-bin/message/template/send", body);

        assertThat(second.get("msgid")).isEqualTo(first.get("msgid"));
        assertThat(phone.messages(0)).hasSize(1);
    }

    @Test
    void a_template_message_to_somebody_who_does_not_follow_is_refused() {
        Phone phone = bench.phones.add(account.code(), "n", "n", "stranger");

        ObjectNode answer = post("/cgi-bin/message/template/send", bill(phone, "¥1.00", ""));

        assertThat(Json.number(answer, "errcode", 0)).isEqualTo(43004);
    }

    @Test
    void a_value_of_the_wrong_type_is_named_by_its_key() {
        Phone phone = bench.follower(account, "a");

        assertThat(Json.text(post("/cgi-bin/message/template/send", bill(phone, "八千元", "")), "errmsg"))
                .startsWith("argument invalid! data.amount3.value invalid rid: ");
        assertThat(Json.text(post("/cgi-bin/message/template/send", bill(phone, "", "")), "errmsg"))
                .startsWith("argument invalid! data.amount3.value is empty rid: ");
    }

    @ParameterizedTest
    @CsvSource({
        "thing1,一二三四五六七八九十一二三四五六七八九十,true",
        "thing1,一二三四五六七八九十一二三四五六七八九十一,false",
        "character_string4,W20260320-000001,true",
        "character_string4,单号1,false",
        "amount3,¥8000.00,true",
        "amount3,8000元,true",
        "amount3,8000.001,false",
        "time4,2026年3月31日,true",
        "time4,2026-03-31 08:30,true",
        "time4,2026年3月31日 24:30,false",
        "time4,08:30~09:30,true",
        "time4,08:30～09:30,false",
        "phone_number5,027-88886666,true",
        "phone_number5,武汉,false",
        "phrase6,已通过,true",
        "phrase6,已通过审核了,false"
    })
    @DisplayName("模板字段的类型")
    void a_template_field_takes_what_its_type_allows(String key, String value, boolean fits) {
        assertThat(Template.fits(key, value)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"button\":[]}|40016",
                "{\"button\":[{\"name\":\"一二三四五六\",\"type\":\"click\",\"key\":\"A\"}]}|40018",
                "{\"button\":[{\"name\":\"状态\",\"type\":\"click\"}]}|40019",
                "{\"button\":[{\"name\":\"状态\",\"type\":\"press\",\"key\":\"A\"}]}|40017",
                "{\"button\":[{\"name\":\"缴费\",\"type\":\"view\",\"url\":\"/m/whjx\"}]}|40054",
                "{\"button\":[{\"name\":\"状态\",\"type\":\"click\",\"key\":\"A\"}]}|0"
            })
    void a_menu_is_checked(String menu, long code) {
        assertThat(Json.number(post("/cgi-bin/menu/create", menu), "errcode", -9))
                .isEqualTo(code);
    }

    @Test
    void a_menu_can_be_read_and_removed() {
        post("/cgi-bin/menu/create", "{\"button\":[{\"name\":\"状态\",\"type\":\"click\",\"key\":\"A\"}]}");
        ObjectNode menu = call("GET", "/cgi-bin/menu/get?access_token=" + stable(false), "");
        assertThat(Json.list(Json.child(menu, "menu"), "button")).hasSize(1);

        call("GET", "/cgi-bin/menu/delete?access_token=" + stable(false), "");
        assertThat(Json.number(call("GET", "/cgi-bin/menu/get?access_token=" + stable(false), ""), "errcode", 0))
                .isEqualTo(46003);
    }

    @Test
    @DisplayName("带参数二维码：到期后不再有效")
    void a_temporary_code_ends() {
        ObjectNode made = post(
                "/cgi-bin/qrcode/create",
                "{\"action_name\":\"QR_STR_SCENE\",\"expire_seconds\":600,\"action_info\":{\"scene\":{\"scene_str\":\"bind-1\"}}}");
        QrCodes.QrCode code = bench.codes.byUrl(Json.text(made, "url")).orElseThrow();

        assertThat(code.scene()).isEqualTo("bind-1");
        assertThat(bench.codes.works(code)).isTrue();
        bench.pass(Duration.ofSeconds(600));
        assertThat(bench.codes.works(code)).isFalse();
        WireAnswer picture =
                bench.weixin.answer(WireRequest.of("GET", "/cgi-bin/showqrcode?ticket=" + code.ticket(), ""));
        assertThat(picture.headers()).containsEntry("Content-Type", "image/jpg");
    }

    @Test
    void a_scene_longer_than_64_characters_is_refused() {
        String body = "{\"action_name\":\"QR_STR_SCENE\",\"action_info\":{\"scene\":{\"scene_str\":\"" + "x".repeat(65)
                + "\"}}}";

        assertThat(Json.number(post("/cgi-bin/qrcode/create", body), "errcode", 0))
                .isEqualTo(40053);
    }

    @Test
    @DisplayName("网页授权：code 只能用一次，五分钟有效，别的公众号不能用")
    void an_oauth_code_is_good_once_for_five_minutes_for_its_appid() {
        Phone phone = bench.follower(account, "a");
        String first = authorized(phone);

        assertThat(Json.text(redeemed(account, first), "openid")).isEqualTo(phone.openid());
        assertThat(Json.number(redeemed(account, first), "errcode", 0)).isEqualTo(40163);
        assertThat(Json.number(redeemed(bench.plain, authorized(phone)), "errcode", 0))
                .isEqualTo(40029);
        String late = authorized(phone);
        bench.pass(Duration.ofMinutes(5));
        assertThat(Json.number(redeemed(account, late), "errcode", 0)).isEqualTo(40029);
    }

    private ObjectNode redeemed(SandboxAccount by, String code) {
        return call(
                "GET",
                "/sns/oauth2/access_token?appid=" + by.appId() + "&secret=" + by.secret() + "&code=" + code
                        + "&grant_type=authorization_code",
                "");
    }

    private String authorized(Phone phone) {
        WireAnswer answer = bench.weixin.answer(WireRequest.of(
                "GET",
                "/connect/oauth2/authorize?appid=" + account.appId()
                        + "&redirect_uri=http%3A%2F%2Flocalhost%2Fm%2Fwhjx%2Fback%3Fa%3D1&response_type=code"
                        + "&scope=snsapi_base&state=s%261&sandbox_phone=" + phone.openid(),
                ""));
        assertThat(answer.status()).isEqualTo(302);
        String location = String.valueOf(answer.headers().get("Location"));
        assertThat(location)
                .startsWith("http://localhost/m/whjx/back?a=1&code=")
                .endsWith("&state=s%261");
        return location.replaceAll(".*code=([^&]+)&.*", "$1");
    }

    @Test
    void a_phone_that_nobody_is_known_to_hold_is_asked() {
        bench.follower(account, "张三");

        WireAnswer page = bench.weixin.answer(WireRequest.of(
                "GET",
                "/connect/oauth2/authorize?appid=" + account.appId()
                        + "&redirect_uri=http%3A%2F%2Flocalhost%2Fm&response_type=code&scope=snsapi_base",
                ""));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("张三");
    }

    @Test
    void who_refuses_brings_back_only_the_state() {
        Phone phone = bench.follower(account, "a");

        WireAnswer answer = bench.weixin.answer(WireRequest.of(
                "GET",
                "/connect/oauth2/authorize?appid=" + account.appId()
                        + "&redirect_uri=http%3A%2F%2Flocalhost%2Fm&response_type=code&scope=snsapi_userinfo&state=7"
                        + "&refuse=true&sandbox_phone=" + phone.openid(),
                ""));

        assertThat(answer.headers()).containsEntry("Location", "http://localhost/m?state=7");
    }

    @Test
    void user_info_tells_since_when_and_by_which_scene_somebody_follows() {
        Phone phone = bench.phones.add(account.code(), "n", "n", "stranger");
        bench.gestures.scan(phone, "bind-1", "ticket");

        ObjectNode info =
                call("GET", "/cgi-bin/user/info?openid=" + phone.openid() + "&access_token=" + stable(false), "");

        assertThat(Json.number(info, "subscribe", 0)).isEqualTo(1);
        assertThat(Json.number(info, "subscribe_time", 0)).isEqualTo(SandboxBench.START.getEpochSecond());
        assertThat(Json.text(info, "qr_scene_str")).isEqualTo("bind-1");
    }
}
