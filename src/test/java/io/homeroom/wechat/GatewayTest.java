package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.till.Channel;
import io.homeroom.till.Gateway;
import io.homeroom.till.Order;
import io.homeroom.till.OrderState;
import io.homeroom.till.Refund;
import io.homeroom.till.RefundState;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("微信支付的下单、查询、关单和退款")
class GatewayTest extends RoomTest {

    private static final String BASE = "/stand-in/pay";

    private static final Pattern FIELD = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    @Autowired
    WechatPay pay;

    private static Order order(String prepayId) {
        return new Order(
                1,
                "HR20260001",
                7,
                Set.of(3L),
                null,
                new Money(800000),
                Channel.JSAPI,
                "o1",
                OrderState.CREATED,
                Instant.parse("2026-03-19T02:00:00Z"),
                Instant.parse("2026-03-19T04:00:00Z"),
                prepayId,
                null,
                null,
                "2026年度会费");
    }

    private StandIn.Answer signed(PrivateKey key, int status, String body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((now() + "\nnn\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
            Map<String, String> headers = new LinkedHashMap<>();
            if (!body.isEmpty()) {
                headers.put("Content-Type", "application/json");
            }
            headers.put("Wechatpay-Serial", "PUB_KEY_ID_0119000000012025");
            headers.put("Wechatpay-Timestamp", now());
            headers.put("Wechatpay-Nonce", "nn");
            headers.put("Wechatpay-Signature", Base64.getEncoder().encodeToString(signature.sign()));
            return new StandIn.Answer(status, headers, body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answers(String path, String body) {
        WECHAT.on(BASE + path, asked -> signed(PLATFORM.getPrivate(), body.isEmpty() ? 204 : 200, body));
    }

    private static <T> T here(Supplier<T> work) {
        return Tenant.in(SECURE, work);
    }

    /** Whether the request bears the merchant's signature over what a server behind the stand-in's path would see. */
    private void assertSigned(StandIn.Asked asked) throws GeneralSecurityException {
        String authorization = asked.header("Authorization");
        assertThat(authorization).startsWith("WECHATPAY2-SHA256-RSA2048 ");
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher matcher = FIELD.matcher(authorization);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        assertThat(fields)
                .containsEntry("mchid", "1900000001")
                .containsEntry("serial_no", "5157F09EFDC096DE15EBE81A47057A72")
                .containsEntry("timestamp", now());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(MERCHANT.getPublic());
        signature.update((asked.method() + "\n" + asked.target().substring(BASE.length()) + "\n"
                        + fields.get("timestamp") + "\n" + fields.get("nonce_str") + "\n" + asked.body() + "\n")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(fields.get("signature"))))
                .isTrue();
        assertThat(asked.header("Wechatpay-Serial")).isEqualTo("PUB_KEY_ID_0119000000012025");
    }

    @Test
    @DisplayName("不是微信自己的地址也照样签名，内容齐全")
    void signsWhateverTheHost() throws Exception {
        answers("/v3/pay/transactions/jsapi", "{\"prepay_id\":\"wx201410272009395522657a690389285100\"}");
        assertThat(here(() -> pay.jsapi(order(null), "o1")).prepayId())
                .isEqualTo("wx201410272009395522657a690389285100");
        StandIn.Asked asked = WECHAT.next(BASE + "/v3/pay/transactions/jsapi");
        assertSigned(asked);
        assertThat(asked.body())
                .contains("\"appid\":\"" + APP + "\"")
                .contains("\"mchid\":\"1900000001\"")
                .contains("\"out_trade_no\":\"HR20260001\"")
                .contains("\"total\":800000")
                .contains("\"currency\":\"CNY\"")
                .contains("\"openid\":\"o1\"")
                .contains("\"time_expire\":\"2026-03-19T12:00:00+08:00\"")
                .contains("https://homeroom.example/wechat/pay/whjx/notify");
    }

    @Test
    @DisplayName("没签名的、别人签名的、过期的成功应答都不信")
    void refusesForgedAnswers() {
        String body = "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=forged\"}";
        String path = BASE + "/v3/pay/transactions/native";
        List<StandIn.Answer> forgeries = List.of(
                StandIn.Answer.json(body),
                new StandIn.Answer(200, Map.of("Content-Type", "text/plain"), body),
                signed(MERCHANT.getPrivate(), 200, body),
                new StandIn.Answer(200, signed(PLATFORM.getPrivate(), 200, "{}").headers(), body));
        for (StandIn.Answer forged : forgeries) {
            WECHAT.on(path, asked -> forged);
            assertThatThrownBy(() -> here(() -> pay.native_(order(null)))).isInstanceOf(Gateway.Trouble.class);
        }
        StandIn.Answer old = signed(PLATFORM.getPrivate(), 200, body);
        clock.pass(java.time.Duration.ofSeconds(301));
        WECHAT.on(path, asked -> old);
        assertThatThrownBy(() -> here(() -> pay.native_(order(null)))).isInstanceOf(Gateway.Trouble.class);
        answers("/v3/pay/transactions/native", body);
        assertThat(here(() -> pay.native_(order(null)))).isEqualTo("weixin://wxpay/bizpayurl?pr=forged");
    }

    @Test
    @DisplayName("查询：已付的带回全部内容，未付、没有这个订单也说得清，断线是不知道")
    void queries() throws Exception {
        String path = "/v3/pay/transactions/out-trade-no/HR1";
        answers(
                path,
                "{\"appid\":\"" + APP
                        + "\",\"mchid\":\"1900000001\",\"out_trade_no\":\"HR1\",\"transaction_id\":\"42\",\"trade_state\":\"SUCCESS\","
                        + "\"success_time\":\"2026-03-19T10:00:00+08:00\",\"payer\":{\"openid\":\"o1\"},\"amount\":{\"total\":5,\"currency\":\"CNY\"}}");
        Gateway.QueryResult paid = here(() -> pay.query("HR1"));
        assertThat(paid.state()).isEqualTo(Gateway.TradeState.SUCCESS);
        assertThat(paid.paid()).isNotNull().satisfies(notice -> {
            assertThat(notice.amount()).isEqualTo(new Money(5));
            assertThat(notice.transactionId()).isEqualTo("42");
            assertThat(notice.paidAt()).isEqualTo(Instant.parse("2026-03-19T02:00:00Z"));
        });
        assertSigned(WECHAT.next(BASE + path));

        answers(path, "{\"out_trade_no\":\"HR1\",\"trade_state\":\"NOTPAY\"}");
        assertThat(here(() -> pay.query("HR1"))).isEqualTo(new Gateway.QueryResult(Gateway.TradeState.NOTPAY, null));

        WECHAT.on(
                BASE + path,
                asked -> signed(PLATFORM.getPrivate(), 404, "{\"code\":\"ORDER_NOT_EXIST\",\"message\":\"订单不存在\"}"));
        assertThat(here(() -> pay.query("HR1")).state()).isEqualTo(Gateway.TradeState.UNKNOWN_ORDER);

        WECHAT.on(BASE + path, asked -> StandIn.Answer.cut());
        assertThatThrownBy(() -> here(() -> pay.query("HR1"))).isInstanceOf(Gateway.Trouble.class);
    }

    @Test
    @DisplayName("关单：204 无类型也行，已关的、没下过的算关了，付过的不算")
    void closes() {
        String path = "/v3/pay/transactions/out-trade-no/HR1/close";
        answers(path, "");
        Tenant.run(SECURE, () -> pay.close("HR1"));
        for (String gone : List.of("ORDER_CLOSED", "ORDER_NOT_EXIST")) {
            WECHAT.on(
                    BASE + path,
                    asked -> signed(PLATFORM.getPrivate(), 400, "{\"code\":\"" + gone + "\",\"message\":\"x\"}"));
            Tenant.run(SECURE, () -> pay.close("HR1"));
        }
        WECHAT.on(
                BASE + path,
                asked -> signed(PLATFORM.getPrivate(), 400, "{\"code\":\"ORDERPAID\",\"message\":\"已支付\"}"));
        assertThatThrownBy(() -> Tenant.run(SECURE, () -> pay.close("HR1"))).isInstanceOf(Gateway.Trouble.class);
    }

    @Test
    @DisplayName("退款：受理、成功，查询没有的退款")
    void refunds() throws Exception {
        Refund refund = new Refund(
                1,
                7,
                2L,
                "HR1",
                "RF1",
                new Money(800000),
                new Money(800000),
                "该账单已由转账结清",
                List.of(),
                RefundState.DUE,
                null);
        answers(
                "/v3/refund/domestic/refunds",
                "{\"refund_id\":\"50\",\"out_refund_no\":\"RF1\",\"status\":\"PROCESSING\"}");
        assertThat(here(() -> pay.refund(refund)))
                .isEqualTo(new Gateway.RefundResult(Gateway.BackState.PROCESSING, "50", null));
        StandIn.Asked asked = WECHAT.next(BASE + "/v3/refund/domestic/refunds");
        assertSigned(asked);
        assertThat(asked.body()).contains("\"out_refund_no\":\"RF1\"").contains("\"refund\":800000");

        answers(
                "/v3/refund/domestic/refunds/RF1",
                "{\"refund_id\":\"50\",\"status\":\"SUCCESS\",\"success_time\":\"2026-03-19T10:00:00+08:00\"}");
        assertThat(here(() -> pay.refundStatus("RF1")))
                .isEqualTo(new Gateway.RefundResult(
                        Gateway.BackState.SUCCESS, "50", Instant.parse("2026-03-19T02:00:00Z")));
        WECHAT.on(
                BASE + "/v3/refund/domestic/refunds/RF2",
                a -> signed(PLATFORM.getPrivate(), 404, "{\"code\":\"RESOURCE_NOT_EXISTS\",\"message\":\"x\"}"));
        assertThat(here(() -> pay.refundStatus("RF2")).state()).isEqualTo(Gateway.BackState.UNKNOWN_REFUND);
    }

    @Test
    @DisplayName("页面调起收银台的参数由商户签名，键名是 package")
    void signsTheSheet() throws Exception {
        Map<String, String> sheet = here(() -> pay.sheet(order("wx-prepay")));
        assertThat(sheet)
                .containsOnlyKeys("appId", "timeStamp", "nonceStr", "package", "signType", "paySign")
                .containsEntry("package", "prepay_id=wx-prepay")
                .containsEntry("signType", "RSA");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(MERCHANT.getPublic());
        signature.update((APP + "\n" + sheet.get("timeStamp") + "\n" + sheet.get("nonceStr") + "\n"
                        + sheet.get("package") + "\n")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getDecoder().decode(sheet.get("paySign"))))
                .isTrue();
    }

    @Test
    @DisplayName("没有商户号的协会不能在线缴费")
    void isClosedWithoutAMerchant() {
        assertThat(here(pay::isOpen)).isTrue();
        assertThat(Tenant.in(PLAIN, pay::isOpen)).isFalse();
    }
}
