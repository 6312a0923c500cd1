package io.homeroom.sandbox.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.phone.Phone;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Outbound;
import io.homeroom.sandbox.wire.ResourceCipher;
import io.homeroom.sandbox.wire.Rsa;
import io.homeroom.sandbox.wire.Sha1;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("微信支付")
class PayServerTest {

    private final SandboxBench bench = new SandboxBench();
    private final SandboxAccount account = bench.safe;
    private final Phone phone = bench.follower(account, "payer");
    private final PayBook book = new PayBook(
            bench.accounts,
            new Notifier(bench.outbound, bench.later, bench.clock, bench.platform),
            bench.events,
            bench.faults,
            bench.later,
            bench.clock);
    private final PayServer pay = new PayServer(bench.accounts, book, bench.phones, bench.platform, bench.clock);

    private WireAnswer call(String method, String target, String body) {
        return call(method, target, body, bench.merchant().getPrivate(), bench.clock.instant(), target);
    }

    private WireAnswer call(
            String method, String target, String body, PrivateKey key, Instant stamp, String signedTarget) {
        String time = Long.toString(stamp.getEpochSecond());
        String signature = Rsa.sign(key, method + "\n" + signedTarget + "\n" + time + "\nn0nce\n" + body + "\n");
        String authorization = "WECHATPAY2-SHA256-RSA2048 signature=\"" + signature + "\",mchid=\"" + account.mchId()
                + "\",nonce_str=\"n0nce\",timestamp=\"" + time + "\",serial_no=\"" + account.certificateSerial() + "\"";
        int mark = target.indexOf('?');
        return pay.answer(new WireRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Map.of("Authorization", authorization, "Accept", "application/json", "User-Agent", "test"),
                body.getBytes(StandardCharsets.UTF_8),
                "https://api.mch.weixin.qq.com"));
    }

    private String order(String number, String more) {
        return "{\"appid\":\"" + account.appId() + "\",\"mchid\":\"" + account.mchId()
                + "\",\"description\":\"2026年度会费\",\"out_trade_no\":\"" + number
                + "\",\"notify_url\":\"http://app.invalid/wechat/pay/whjx/notify\"," + more
                + "\"payer\":{\"openid\":\"" + phone.openid()
                + "\"},\"amount\":{\"total\":800000,\"currency\":\"CNY\"}}";
    }

    private WireAnswer jsapi(String body) {
        return call("POST", "/v3/pay/transactions/jsapi", body);
    }

    private static String code(WireAnswer answer) {
        return answer.status() + " " + Json.text(Json.read(answer.body()), "code");
    }

    private ObjectNode query(String number) {
        return Json.read(call("GET", "/v3/pay/transactions/out-trade-no/" + number + "?mchid=" + account.mchId(), "")
                .body());
    }

    private long opened(String number) {
        WireAnswer answer = jsapi(order(number, ""));
        assertThat(answer.status()).isEqualTo(200);
        return book.byPrepayId(Json.text(Json.read(answer.body()), "prepay_id"))
                .orElseThrow()
                .id();
    }

    private OrderView paid(String number, PayBook.How how) {
        OrderView order = book.pay(opened(number), phone.openid(), how, Duration.ofMinutes(2));
        bench.pass(Duration.ZERO);
        return order;
    }

    private boolean signed(SandboxBench.Sent sent) {
        String text = sent.headers().get("Wechatpay-Timestamp") + "\n"
                + sent.headers().get("Wechatpay-Nonce") + "\n" + sent.body() + "\n";
        return Rsa.verify(
                bench.platform().getPublic(),
                text,
                String.valueOf(sent.headers().get("Wechatpay-Signature")));
    }

    private ObjectNode resource(SandboxBench.Sent sent) {
        ObjectNode resource = Json.child(Json.read(sent.body()), "resource");
        try {
            return Json.read(new ResourceCipher(account.apiV3Key())
                    .decrypt(
                            Json.text(resource, "ciphertext"),
                            Json.text(resource, "nonce"),
                            Json.text(resource, "associated_data")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("请求要有商户的签名：路径、时间、正文都算在内")
    void only_what_the_merchant_signed_is_heard() {
        String body = order("ORDER-1", "");
        PrivateKey key = bench.merchant().getPrivate();
        Instant now = bench.clock.instant();
        String target = "/v3/pay/transactions/jsapi";

        assertThat(code(pay.answer(WireRequest.of("POST", target, body)))).isEqualTo("401 SIGN_ERROR");
        assertThat(code(call("POST", target, body, Rsa.generate().getPrivate(), now, target)))
                .isEqualTo("401 SIGN_ERROR");
        assertThat(code(call("POST", target, body, key, now, "/sandbox/pay" + target)))
                .isEqualTo("401 SIGN_ERROR");
        assertThat(code(call("POST", target, body, key, now.minusSeconds(301), target)))
                .isEqualTo("401 SIGN_ERROR");
        assertThat(call("POST", target, body, key, now.minusSeconds(300), target)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answers_and_errors_are_signed_with_the_platforms_key() {
        for (WireAnswer answer : List.of(jsapi(order("ORDER-1", "")), jsapi("{}"))) {
            String text = answer.headers().get("Wechatpay-Timestamp") + "\n"
                    + answer.headers().get("Wechatpay-Nonce") + "\n" + answer.text() + "\n";
            assertThat(Rsa.verify(
                            bench.platform().getPublic(),
                            text,
                            String.valueOf(answer.headers().get("Wechatpay-Signature"))))
                    .isTrue();
            assertThat(answer.headers()).containsEntry("Wechatpay-Serial", account.publicKeyId());
        }
    }

    @Test
    @DisplayName("同一单号、同样的参数再下单得到同一个 prepay_id；参数变了被拒绝")
    void asking_again_gives_the_same_prepay_id_only_for_the_same_parameters() {
        String first = jsapi(order("ORDER-1", "")).text();

        assertThat(jsapi(order("ORDER-1", "")).text()).isEqualTo(first);
        assertThat(code(jsapi(order("ORDER-1", "\"attach\":\"x\",")))).isEqualTo("400 INVALID_REQUEST");
        bench.pass(Duration.ofHours(2));
        assertThat(jsapi(order("ORDER-1", "")).text()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"ORDER,400", "ORDER-1.2,400", "ORDER-12345678901234567890123456789,400", "ORD_-|*,200", "订单0001,400"})
    void an_order_number_has_6_to_32_allowed_characters(String number, int status) {
        assertThat(jsapi(order(number, "")).status()).isEqualTo(status);
    }

    @Test
    void what_an_order_must_say_is_checked() {
        String good = order("ORDER-1", "");

        assertThat(code(jsapi(good.replace("800000", "0")))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(good.replace("800000", "1.5")))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(good.replace("CNY", "USD")))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(good.replace(phone.openid(), "nobody")))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(good.replace("/notify", "/notify?a=1")))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(good.replace(account.appId(), bench.plain.appId()))))
                .isEqualTo("400 APPID_MCHID_NOT_MATCH");
        assertThat(code(jsapi(good.replace("2026年度会费", "会".repeat(128))))).isEqualTo("400 PARAM_ERROR");
        assertThat(code(jsapi(order("ORDER-1", "\"time_expire\":\"2026-03-20T10:00:59+08:00\","))))
                .isEqualTo("400 PARAM_ERROR");
        assertThat(jsapi(order("ORDER-1", "\"time_expire\":\"2026-03-20T10:01:00+08:00\","))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("付款、通知、查询说同一件事")
    void a_payment_is_notified_and_can_be_queried() {
        assertThat(code(call("GET", "/v3/pay/transactions/out-trade-no/NOBODY?mchid=" + account.mchId(), "")))
                .isEqualTo("404 ORDER_NOT_EXIST");
        long id = opened("ORDER-1");
        assertThat(Json.text(query("ORDER-1"), "trade_state")).isEqualTo("NOTPAY");

        book.pay(id, phone.openid(), null, Duration.ZERO);
        bench.pass(Duration.ZERO);

        assertThat(bench.sent).hasSize(1);
        SandboxBench.Sent sent = bench.sent.get(0);
        assertThat(sent.address()).hasToString("http://app.invalid/wechat/pay/whjx/notify");
        assertThat(signed(sent)).isTrue();
        assertThat(Json.text(Json.read(sent.body()), "event_type")).isEqualTo("TRANSACTION.SUCCESS");
        ObjectNode transaction = query("ORDER-1");
        assertThat(resource(sent)).isEqualTo(transaction);
        assertThat(Json.text(transaction, "trade_state")).isEqualTo("SUCCESS");
        assertThat(Json.number(Json.child(transaction, "amount"), "payer_total", 0))
                .isEqualTo(800_000);
        assertThat(Json.text(transaction, "success_time")).isEqualTo("2026-03-20T10:00:00+08:00");
        assertThat(Json.text(transaction, "transaction_id")).hasSize(28);
        WireAnswer byId = call(
                "GET",
                "/v3/pay/transactions/id/" + Json.text(transaction, "transaction_id") + "?mchid=" + account.mchId(),
                "");
        assertThat(Json.read(byId.body())).isEqualTo(transaction);
    }

    @Test
    @DisplayName("没被接受的通知按 15s/15s/30s/3m/… 重发，共 24 小时 4 分")
    void a_notification_is_repeated_by_the_schedule_until_it_is_accepted() {
        bench.application = sent -> new Outbound.Reply(500, "{\"code\":\"FAIL\"}");
        List<Long> times = new ArrayList<>();
        bench.application = sent -> {
            times.add(
                    Duration.between(SandboxBench.START, bench.clock.instant()).toSeconds());
            return new Outbound.Reply(times.size() == 4 ? 204 : 500, "");
        };

        paid("ORDER-1", PayBook.How.NORMAL);
        bench.pass(Duration.ofDays(2));

        assertThat(times).containsExactly(0L, 15L, 30L, 60L);
        assertThat(Notifier.PAUSES.stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofHours(24).plusMinutes(4));
    }

    @Test
    void a_notification_that_is_never_accepted_is_given_up_after_sixteen_tries_with_one_id() {
        bench.application = sent -> new Outbound.Reply(400, "");

        paid("ORDER-1", PayBook.How.NORMAL);
        bench.pass(Duration.ofDays(2));

        assertThat(bench.sent).hasSize(16);
        assertThat(bench.sent.stream().map(SandboxBench.Sent::body).distinct()).hasSize(1);
        assertThat(bench.sent.stream()
                        .map(sent -> sent.headers().get("Wechatpay-Nonce"))
                        .distinct())
                .hasSize(16);
    }

    @Test
    @DisplayName("通知的花样：不来、晚来、两次、伪造、金额不对、过时、探测")
    void notifications_can_go_wrong_in_every_way() {
        paid("NEVER-1", PayBook.How.NEVER);
        assertThat(bench.sent).isEmpty();

        paid("DELAYED-1", PayBook.How.DELAYED);
        bench.pass(Duration.ofSeconds(119));
        assertThat(bench.sent).isEmpty();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.sent).hasSize(1);

        paid("TWICE-1", PayBook.How.TWICE);
        assertThat(bench.sent).hasSize(3);

        paid("FORGED-1", PayBook.How.FORGED);
        assertThat(signed(bench.sent.get(3))).isFalse();

        paid("AMOUNT-1", PayBook.How.WRONG_AMOUNT);
        assertThat(signed(bench.sent.get(4))).isTrue();
        assertThat(Json.number(Json.child(resource(bench.sent.get(4)), "amount"), "total", 0))
                .isEqualTo(800_001);

        paid("STALE-1", PayBook.How.STALE);
        assertThat(bench.sent.get(5).headers())
                .containsEntry(
                        "Wechatpay-Timestamp",
                        Long.toString(bench.clock.instant().minusSeconds(600).getEpochSecond()));

        paid("PROBE-1", PayBook.How.PROBE);
        assertThat(bench.sent.get(6).headers().get("Wechatpay-Signature")).startsWith("WECHATPAY/SIGNTEST/");
        assertThat(signed(bench.sent.get(7))).isTrue();
    }

    @Test
    void a_fault_that_waits_decides_how_the_next_notification_goes() {
        bench.faults.ask("pay", "whjx", "", Fault.Kind.NOTIFY_NEVER, "", 1);

        book.pay(opened("ORDER-1"), phone.openid(), null, Duration.ZERO);
        book.pay(opened("ORDER-2"), phone.openid(), null, Duration.ZERO);
        bench.pass(Duration.ZERO);

        assertThat(bench.sent).hasSize(1);
        assertThat(Json.text(resource(bench.sent.get(0)), "out_trade_no")).isEqualTo("ORDER-2");
    }

    @Test
    @DisplayName("付过的不能再付，关了的、过期的不能付，别人的不能付")
    void an_order_is_paid_once_by_its_owner_while_it_is_open() {
        long id = opened("ORDER-1");
        assertThatThrownBy(() -> book.pay(id, "oSomebodyElse", null, Duration.ZERO))
                .hasMessage("下单账号与支付账号不一致");
        book.pay(id, phone.openid(), null, Duration.ZERO);
        assertThatThrownBy(() -> book.pay(id, phone.openid(), null, Duration.ZERO))
                .hasMessage("该订单已支付");

        long late = opened("ORDER-2");
        bench.pass(Duration.ofHours(2));
        assertThatThrownBy(() -> book.pay(late, phone.openid(), null, Duration.ZERO))
                .hasMessage("订单已过期，请重新下单");
    }

    @Test
    @DisplayName("关单：204 无正文也带类型和签名；关了不能付，付了不能关")
    void a_closed_order_cannot_be_paid_and_a_paid_one_not_closed() {
        long id = opened("ORDER-1");
        String mchId = "{\"mchid\":\"" + account.mchId() + "\"}";

        WireAnswer closed = call("POST", "/v3/pay/transactions/out-trade-no/ORDER-1/close", mchId);

        assertThat(closed.status()).isEqualTo(204);
        assertThat(closed.body()).isEmpty();
        assertThat(closed.headers()).containsKeys("Content-Type", "Wechatpay-Signature");
        assertThatThrownBy(() -> book.pay(id, phone.openid(), null, Duration.ZERO))
                .hasMessage("该订单已关闭");
        assertThat(code(jsapi(order("ORDER-1", "")))).isEqualTo("400 ORDER_CLOSED");
        assertThat(Json.text(query("ORDER-1"), "trade_state")).isEqualTo("CLOSED");
        paid("ORDER-2", PayBook.How.NEVER);
        assertThat(code(call("POST", "/v3/pay/transactions/out-trade-no/ORDER-2/close", mchId)))
                .isEqualTo("400 ORDERPAID");
        assertThat(code(jsapi(order("ORDER-2", "")))).isEqualTo("400 ORDERPAID");
    }

    private String refund(String number, String order, long fen) {
        return "{\"out_trade_no\":\"" + order + "\",\"out_refund_no\":\"" + number
                + "\",\"notify_url\":\"http://app.invalid/wechat/pay/whjx/refund-notify\",\"amount\":{\"refund\":" + fen
                + ",\"total\":800000,\"currency\":\"CNY\"}}";
    }

    private WireAnswer refunded(String body) {
        return call("POST", "/v3/refund/domestic/refunds", body);
    }

    @Test
    @DisplayName("退款：先受理，后通知；同一单号不重复退，总额不超过订单")
    void a_refund_is_accepted_then_notified_and_never_exceeds_the_order() {
        paid("ORDER-1", PayBook.How.NEVER);

        assertThat(Json.text(
                        Json.read(refunded(refund("R1", "ORDER-1", 500_000)).body()), "status"))
                .isEqualTo("PROCESSING");
        assertThat(refunded(refund("R1", "ORDER-1", 500_000)).status()).isEqualTo(200);
        assertThat(code(refunded(refund("R1", "ORDER-1", 400_000)))).isEqualTo("400 INVALID_REQUEST");
        assertThat(code(refunded(refund("R2", "ORDER-1", 100_000)))).isEqualTo("429 FREQUENCY_LIMITED");
        bench.pass(Duration.ofMinutes(1));
        assertThat(code(refunded(refund("R2", "ORDER-1", 300_001)))).isEqualTo("400 INVALID_REQUEST");
        assertThat(refunded(refund("R2", "ORDER-1", 300_000)).status()).isEqualTo(200);

        assertThat(bench.sent).hasSize(1);
        ObjectNode told = resource(bench.sent.get(0));
        assertThat(Json.text(told, "refund_status")).isEqualTo("SUCCESS");
        assertThat(Json.number(Json.child(told, "amount"), "refund", 0)).isEqualTo(500_000);
        assertThat(Json.text(query("ORDER-1"), "trade_state")).isEqualTo("REFUND");
        assertThat(Json.text(
                        Json.read(call("GET", "/v3/refund/domestic/refunds/R1", "")
                                .body()),
                        "status"))
                .isEqualTo("SUCCESS");
        assertThat(code(call("GET", "/v3/refund/domestic/refunds/R9", ""))).isEqualTo("404 RESOURCE_NOT_EXISTS");
    }

    @Test
    void a_refund_of_what_was_never_paid_is_refused_and_a_failed_one_can_be_tried_again() {
        opened("ORDER-1");
        assertThat(code(refunded(refund("R1", "ORDER-1", 800_000)))).isEqualTo("400 INVALID_REQUEST");
        assertThat(code(refunded(refund("R1", "ORDER-9", 800_000)))).isEqualTo("404 RESOURCE_NOT_EXISTS");

        paid("ORDER-2", PayBook.How.NEVER);
        bench.faults.ask("pay", "whjx", "/refund/result", Fault.Kind.ERROR, "ABNORMAL", 1);
        refunded(refund("R2", "ORDER-2", 800_000));
        bench.pass(Duration.ofSeconds(1));
        assertThat(Json.text(resource(bench.sent.get(0)), "refund_status")).isEqualTo("ABNORMAL");
        refunded(refund("R2", "ORDER-2", 800_000));
        bench.pass(Duration.ofSeconds(1));
        assertThat(Json.text(resource(bench.sent.get(1)), "refund_status")).isEqualTo("SUCCESS");
    }

    @Test
    @DisplayName("交易账单：次日十点后，27 列，反引号，汇总行")
    void a_trade_bill_is_there_after_ten_the_next_morning() {
        paid("ORDER-1", PayBook.How.NEVER);
        refunded(refund("R1", "ORDER-1", 300_000));
        String target = "/v3/bill/tradebill?bill_date=2026-03-20&bill_type=ALL";
        assertThat(code(call("GET", target, ""))).isEqualTo("400 STATEMENT_CREATING");
        bench.pass(Duration.ofDays(1));

        ObjectNode answer = Json.read(call("GET", target, "").body());
        String address = Json.text(answer, "download_url");
        assertThat(address).startsWith("https://api.mch.weixin.qq.com/v3/billdownload/file?token=");
        WireAnswer file = call("GET", address.substring("https://api.mch.weixin.qq.com".length()), "");

        assertThat(Sha1.hex(file.body())).isEqualTo(Json.text(answer, "hash_value"));
        List<String> lines = file.text().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0).split(",")).hasSize(27);
        assertThat(lines.get(1).split(",", -1)).hasSize(27);
        assertThat(lines.get(1))
                .startsWith("`2026-03-20 10:00:00,`" + account.appId())
                .contains("`8000.00");
        assertThat(lines.get(2).split(",", -1)).hasSize(27);
        assertThat(lines.get(2)).contains("`REFUND").contains("`3000.00");
        assertThat(lines.get(4)).isEqualTo("`2,`8000.00,`3000.00,`0.00,`0.00000,`8000.00,`3000.00");
        assertThat(code(call("GET", "/v3/bill/tradebill?bill_date=2026-03-19&bill_type=ALL", "")))
                .isEqualTo("400 NO_STATEMENT_EXIST");
    }

    @Test
    @DisplayName("两台设备各付一次")
    void open_orders_of_the_same_bill_are_found_for_paying_twice() {
        long first = opened("ORDER-1");
        long second = opened("ORDER-2");
        book.pay(opened("ORDER-3"), phone.openid(), PayBook.How.NEVER, Duration.ZERO);

        assertThat(book.twins(first)).containsExactly(second);
    }
}
