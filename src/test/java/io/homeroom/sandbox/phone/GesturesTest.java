package io.homeroom.sandbox.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.wire.CallbackCipher;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.WireRequest;
import io.homeroom.sandbox.wire.Xml;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

@DisplayName("手机上的动作变成推送")
class GesturesTest {

    private final SandboxBench bench = new SandboxBench();

    private static WireRequest query(SandboxBench.Sent sent) {
        return WireRequest.of(
                "POST", sent.address().getPath() + "?" + sent.address().getRawQuery(), sent.body());
    }

    private static Xml.Tree read(String xml) {
        try {
            return Xml.read(xml);
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    private Xml.Tree opened(SandboxBench.Sent sent, SandboxAccount account) {
        try {
            CallbackCipher cipher = new CallbackCipher(String.valueOf(account.aesKey()), account.appId());
            CallbackCipher.Opened opened = cipher.decrypt(read(sent.body()).textOrEmpty("Encrypt"));
            assertThat(opened.receiver()).isEqualTo(account.appId());
            return read(opened.message());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String reply(Xml.Tree push, String content) {
        return new Xml.Builder()
                .text("ToUserName", push.textOrEmpty("FromUserName"))
                .text("FromUserName", push.textOrEmpty("ToUserName"))
                .number("CreateTime", 1_774_000_000)
                .text("MsgType", "text")
                .text("Content", content)
                .build();
    }

    @Test
    @DisplayName("明文模式：签名在参数里，正文是明文")
    void in_plain_mode_the_push_is_signed_and_readable() {
        Phone phone = bench.follower(bench.plain, "a");

        bench.gestures.text(phone, "状态");

        SandboxBench.Sent sent = bench.sent.get(0);
        WireRequest request = query(sent);
        assertThat(request.path()).isEqualTo("/wechat/mp/igrs");
        assertThat(request.parameter("signature"))
                .isEqualTo(
                        Sha1.ofSorted(bench.plain.token(), request.parameter("timestamp"), request.parameter("nonce")));
        assertThat(request.parameter("openid")).isEqualTo(phone.openid());
        assertThat(request.parameter("encrypt_type")).isEmpty();
        Xml.Tree xml = read(sent.body());
        assertThat(xml.text("Content")).isEqualTo("状态");
        assertThat(xml.text("FromUserName")).isEqualTo(phone.openid());
        assertThat(xml.text("ToUserName")).isEqualTo(bench.plain.originalId());
        assertThat(xml.textOrEmpty("MsgId")).matches("\\d{16,20}");
    }

    @Test
    @DisplayName("安全模式：正文只有 ToUserName 和 Encrypt，另有 msg_signature")
    void in_safe_mode_the_push_is_encrypted_for_the_appid_and_signed_over_the_cipher_text() {
        Phone phone = bench.follower(bench.safe, "a");

        bench.gestures.click(phone, "STATUS");

        SandboxBench.Sent sent = bench.sent.get(0);
        WireRequest request = query(sent);
        assertThat(request.parameter("encrypt_type")).isEqualTo("aes");
        assertThat(request.parameter("msg_signature"))
                .isEqualTo(Sha1.ofSorted(
                        bench.safe.token(),
                        request.parameter("timestamp"),
                        request.parameter("nonce"),
                        read(sent.body()).textOrEmpty("Encrypt")));
        assertThat(sent.body()).doesNotContain("STATUS");
        Xml.Tree xml = opened(sent, bench.safe);
        assertThat(xml.text("Event")).isEqualTo("CLICK");
        assertThat(xml.text("EventKey")).isEqualTo("STATUS");
        assertThat(xml.text("MsgId")).isNull();
    }

    @Test
    @DisplayName("被动回复出现在手机上")
    void a_passive_reply_is_shown() {
        Phone phone = bench.follower(bench.plain, "a");
        bench.application = sent -> new Outbound.Reply(200, reply(read(sent.body()), "资格正常"));

        Delivery delivery = bench.gestures.text(phone, "状态");

        assertThat(delivery.failure()).isNull();
        assertThat(phone.messages(0)).extracting(PhoneMessage::from).containsExactly("person", "account");
        assertThat(phone.messages(0)).extracting(PhoneMessage::text).containsExactly("状态", "资格正常");
    }

    @Test
    void an_encrypted_reply_must_be_signed_and_for_this_appid() {
        Phone phone = bench.follower(bench.safe, "a");
        bench.application = sent -> new Outbound.Reply(200, sealed(sent, bench.safe.appId(), bench.safe.token()));
        assertThat(bench.gestures.text(phone, "状态").reply()).isNotNull();

        bench.application = sent -> new Outbound.Reply(200, sealed(sent, "wxsomebodyelse0001", bench.safe.token()));
        assertThat(bench.gestures.text(phone, "状态").failure()).isEqualTo("encrypted for wxsomebodyelse0001");

        bench.application = sent -> new Outbound.Reply(200, sealed(sent, bench.safe.appId(), "another-token"));
        assertThat(bench.gestures.text(phone, "状态").failure()).isEqualTo("MsgSignature does not fit");

        bench.application = sent -> new Outbound.Reply(200, reply(opened(sent, bench.safe), "明文"));
        assertThat(bench.gestures.text(phone, "状态").failure()).isNotNull();
        assertThat(phone.messages(0).get(phone.messages(0).size() - 1).text()).isEqualTo(Gestures.OUT_OF_ORDER);
    }

    private String sealed(SandboxBench.Sent sent, String appId, String token) {
        CallbackCipher cipher = new CallbackCipher(String.valueOf(bench.safe.aesKey()), appId);
        String encrypted = cipher.encrypt(reply(opened(sent, bench.safe), "好"));
        return new Xml.Builder()
                .text("Encrypt", encrypted)
                .text("MsgSignature", Sha1.ofSorted(token, "1774000000", "n", encrypted))
                .number("TimeStamp", 1_774_000_000)
                .text("Nonce", "n")
                .build();
    }

    @Test
    @DisplayName("五秒没有回应：同一个 MsgId 再推两次，然后显示服务故障")
    void without_an_answer_the_same_message_is_pushed_three_times() {
        Phone phone = bench.follower(bench.plain, "a");
        bench.application = sent -> {
            throw new HttpTimeoutException("five seconds");
        };

        Delivery delivery = bench.gestures.text(phone, "状态");

        assertThat(delivery.tries()).isEqualTo(3);
        assertThat(delivery.status()).isZero();
        List<String> ids = bench.sent.stream()
                .map(sent -> read(sent.body()).textOrEmpty("MsgId"))
                .distinct()
                .toList();
        assertThat(bench.sent).hasSize(3);
        assertThat(ids).hasSize(1);
        assertThat(phone.messages(0)).extracting(PhoneMessage::text).containsExactly("状态", Gestures.OUT_OF_ORDER);
    }

    @Test
    void an_answer_to_the_second_try_is_shown_once() {
        Phone phone = bench.follower(bench.plain, "a");
        Deque<String> answers = new ArrayDeque<>(List.of("late", "now"));
        bench.application = sent -> {
            if (answers.removeFirst().equals("late")) {
                throw new IOException("cut");
            }
            return new Outbound.Reply(200, reply(read(sent.body()), "好"));
        };

        Delivery delivery = bench.gestures.text(phone, "状态");

        assertThat(delivery.tries()).isEqualTo(2);
        assertThat(phone.messages(0)).extracting(PhoneMessage::text).containsExactly("状态", "好");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "success"})
    void an_empty_answer_and_success_mean_no_reply(String body) {
        Phone phone = bench.follower(bench.plain, "a");
        bench.application = sent -> new Outbound.Reply(200, body);

        Delivery delivery = bench.gestures.text(phone, "状态");

        assertThat(delivery).isEqualTo(new Delivery(1, 200, null, null));
        assertThat(phone.messages(0)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "{\"a\":1}", "<xml></xml>", "<xml><MsgType>text</MsgType></xml>"})
    void nonsense_is_shown_as_a_fault_of_the_account(String body) {
        Phone phone = bench.follower(bench.plain, "a");
        bench.application = sent -> new Outbound.Reply(200, body);

        assertThat(bench.gestures.text(phone, "状态").failure()).isNotNull();
        assertThat(phone.messages(0)).extracting(PhoneMessage::text).contains(Gestures.OUT_OF_ORDER);
    }

    @Test
    void a_reply_longer_than_2048_bytes_is_a_fault() {
        Phone phone = bench.follower(bench.plain, "a");
        bench.application = sent -> new Outbound.Reply(200, reply(read(sent.body()), "会".repeat(683)));

        assertThat(bench.gestures.text(phone, "状态").failure()).isEqualTo("Content is longer than 2048 bytes");
    }

    @Test
    @DisplayName("扫码：没关注的先关注（qrscene_），关注了的是 SCAN")
    void a_scan_subscribes_a_stranger_and_reports_a_follower() {
        Phone phone = bench.phones.add("igrs", "n", "n", "stranger");

        bench.gestures.scan(phone, "bind-1", "ticket-1");
        bench.gestures.scan(phone, "bind-1", "ticket-1");

        Xml.Tree first = read(bench.sent.get(0).body());
        Xml.Tree second = read(bench.sent.get(1).body());
        assertThat(first.text("Event")).isEqualTo("subscribe");
        assertThat(first.text("EventKey")).isEqualTo("qrscene_bind-1");
        assertThat(first.text("Ticket")).isEqualTo("ticket-1");
        assertThat(second.text("Event")).isEqualTo("SCAN");
        assertThat(second.text("EventKey")).isEqualTo("bind-1");
        assertThat(phone.following()).isTrue();
    }

    @Test
    void two_events_of_one_person_never_share_a_second() {
        Phone phone = bench.follower(bench.plain, "a");

        bench.gestures.click(phone, "A");
        bench.gestures.click(phone, "A");

        assertThat(bench.sent.stream()
                        .map(sent -> read(sent.body()).textOrEmpty("CreateTime"))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void who_does_not_follow_cannot_write() {
        Phone phone = bench.phones.add("igrs", "n", "n", "stranger");

        assertThatThrownBy(() -> bench.gestures.text(phone, "你好")).isInstanceOf(IllegalArgumentException.class);
        assertThat(bench.sent).isEmpty();
    }

    @Test
    @DisplayName("语音带识别结果")
    void a_voice_message_carries_its_recognition() {
        Phone phone = bench.follower(bench.plain, "a");

        bench.gestures.voice(phone, "我要交会费。");

        Xml.Tree xml = read(bench.sent.get(0).body());
        assertThat(xml.text("MsgType")).isEqualTo("voice");
        assertThat(xml.text("Recognition")).isEqualTo("我要交会费。");
    }

    @Test
    void an_openid_has_28_characters_and_is_the_same_after_each_start() {
        assertThat(Phones.openid("whjx", "a")).hasSize(28).isEqualTo(Phones.openid("whjx", "a"));
        assertThat(Phones.openid("whjx", "a")).isNotEqualTo(Phones.openid("igrs", "a"));
    }
}
