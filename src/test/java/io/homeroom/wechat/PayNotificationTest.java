package io.homeroom.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.till.Gateway;
import io.homeroom.till.PaidNotice;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("微信支付的通知")
@ExtendWith(OutputCaptureExtension.class)
class PayNotificationTest extends RoomTest {

    private static final String NOTIFY = "/wechat/pay/whjx/notify";
    private static final String API_V3_KEY = "01234567890123456789012345678901";

    private static final String PAID = "{\"appid\":\"" + APP
            + "\",\"mchid\":\"1900000001\",\"out_trade_no\":\"HR0001\",\"transaction_id\":\"4200001\",\"trade_state\":\"SUCCESS\","
            + "\"success_time\":\"2026-03-19T10:00:00+08:00\",\"payer\":{\"openid\":\"o1\"},"
            + "\"amount\":{\"total\":800000,\"payer_total\":800000,\"currency\":\"CNY\"}}";

    private static final PaidNotice NOTICE = new PaidNotice(
            "HR0001",
            "4200001",
            new Money(800000),
            "CNY",
            APP,
            "1900000001",
            "o1",
            Instant.parse("2026-03-19T02:00:00Z"));

    @Autowired
    private MeterRegistry meters;

    private static String notification(String content) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(API_V3_KEY.getBytes(StandardCharsets.US_ASCII), "AES"),
                new GCMParameterSpec(128, "abcdefghijkl".getBytes(StandardCharsets.US_ASCII)));
        cipher.updateAAD("transaction".getBytes(StandardCharsets.US_ASCII));
        String ciphertext =
                Base64.getEncoder().encodeToString(cipher.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        return "{\"id\":\"EV-1\",\"event_type\":\"TRANSACTION.SUCCESS\",\"resource_type\":\"encrypt-resource\",\"resource\":"
                + "{\"original_type\":\"transaction\",\"algorithm\":\"AEAD_AES_256_GCM\",\"ciphertext\":\"" + ciphertext
                + "\",\"associated_data\":\"transaction\",\"nonce\":\"abcdefghijkl\"}}";
    }

    private Map<String, String> signed(PrivateKey key, String body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update((now() + "\nnonce-1\n" + body + "\n").getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Wechatpay-Serial", "PUB_KEY_ID_0119000000012025");
        headers.put("Wechatpay-Timestamp", now());
        headers.put("Wechatpay-Nonce", "nonce-1");
        headers.put("Wechatpay-Signature", Base64.getEncoder().encodeToString(signature.sign()));
        return headers;
    }

    private HttpResponse<String> genuine(String body) throws Exception {
        return post(NOTIFY, body, signed(PLATFORM.getPrivate(), body));
    }

    @Test
    @DisplayName("真的到账通知交给收银台，答 200 且无正文；再来一次一样")
    void acceptsAGenuineNotification() throws Exception {
        when(orders.paid(any())).thenReturn(Outcome.done(null));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = genuine(notification(PAID));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        verify(orders, times(2)).paid(NOTICE);
    }

    @Test
    @DisplayName("金额、币种、appid、商户号、订单不符：4xx FAIL，带原因")
    void passesOnTheRefusal() throws Exception {
        when(orders.paid(any())).thenReturn(Outcome.refused("金额与订单不符"));
        HttpResponse<String> response = genuine(notification(PAID.replace("\"total\":800000", "\"total\":1")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"FAIL\"").contains("金额与订单不符");
    }

    @Test
    @DisplayName("伪造、改过、探测、过期、没签名的：403，无正文，什么也不发生")
    void refusesWhatIsNotSigned() throws Exception {
        String body = notification(PAID);
        Map<String, String> probe = signed(PLATFORM.getPrivate(), body);
        probe.put("Wechatpay-Signature", "WECHATPAY/SIGNTEST/" + probe.get("Wechatpay-Signature"));
        Map<String, String> otherKey = signed(PLATFORM.getPrivate(), body);
        otherKey.put("Wechatpay-Serial", "PUB_KEY_ID_other");
        Map<String, String> stale = signed(PLATFORM.getPrivate(), body);
        for (HttpResponse<String> refused : List.of(
                post(NOTIFY, body, signed(MERCHANT.getPrivate(), body)),
                post(NOTIFY, body + " ", signed(PLATFORM.getPrivate(), body)),
                post(NOTIFY, body, probe),
                post(NOTIFY, body, otherKey),
                post(NOTIFY, body, Map.of("Content-Type", "application/json")))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).isEmpty();
        }
        clock.pass(Duration.ofSeconds(301));
        assertThat(post(NOTIFY, body, stale).statusCode()).isEqualTo(403);
        verify(orders, never()).paid(any());
    }

    @Test
    @DisplayName("签名真而内容坏的：400 FAIL；太长的：413；没有商户号的协会：404")
    void refusesWhatMakesNoSense() throws Exception {
        assertThat(genuine("{").statusCode()).isEqualTo(400);
        assertThat(genuine("{}").body()).contains("FAIL");
        assertThat(genuine(notification(PAID).replace("abcdefghijkl", "abcdefghijkm"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(genuine(notification("{\"trade_state\":\"SUCCESS\"}")).statusCode())
                .isEqualTo(400);
        assertThat(genuine(notification(PAID.replace("2026-03-19T10:00:00+08:00", "gestern")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(genuine("x".repeat(Knock.LONGEST + 1)).statusCode()).isEqualTo(413);
        String body = notification(PAID);
        assertThat(post("/wechat/pay/igrs/notify", body, signed(PLATFORM.getPrivate(), body))
                        .statusCode())
                .isEqualTo(404);
        verify(orders, never()).paid(any());
    }

    @Test
    @DisplayName("自己出错时请微信再来：5xx FAIL")
    void asksToComeAgainAfterADefect() throws Exception {
        when(orders.paid(any())).thenThrow(new IllegalStateException("a defect"));
        HttpResponse<String> response = genuine(notification(PAID));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("FAIL");
    }

    @Test
    @DisplayName("退款通知交给收银台；别的商户号的不收")
    void passesOnRefunds() throws Exception {
        when(orders.refunded(any(), any())).thenReturn(Outcome.done(null));
        String refund = "{\"mchid\":\"1900000001\",\"out_trade_no\":\"HR0001\",\"out_refund_no\":\"RF0001\","
                + "\"refund_id\":\"5000001\",\"refund_status\":\"SUCCESS\",\"success_time\":\"2026-03-19T10:00:00+08:00\","
                + "\"amount\":{\"total\":800000,\"refund\":800000}}";
        String body = notification(refund);
        assertThat(post("/wechat/pay/whjx/refund-notify", body, signed(PLATFORM.getPrivate(), body))
                        .statusCode())
                .isEqualTo(200);
        verify(orders)
                .refunded(
                        "RF0001",
                        new Gateway.RefundResult(
                                Gateway.BackState.SUCCESS, "5000001", Instant.parse("2026-03-19T02:00:00Z")));
        String foreign = notification(refund.replace("1900000001", "1900000002"));
        assertThat(post("/wechat/pay/whjx/refund-notify", foreign, signed(PLATFORM.getPrivate(), foreign))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("签名真而不收的，记一条警告并计数：解不开、没内容、缺内容、别家的退款；日志里没有密钥和报文内容")
    void writesDownWhatWasSignedAndYetNotTaken(CapturedOutput output) throws Exception {
        String foreign = "{\"mchid\":\"1900000002\",\"out_refund_no\":\"RF0001\",\"refund_id\":\"5000001\","
                + "\"refund_status\":\"SUCCESS\",\"success_time\":\"2026-03-19T10:00:00+08:00\"}";
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("{", "报文无法识别");
        reasons.put("{}", "报文无法识别");
        reasons.put(notification(PAID).replace("abcdefghijkl", "abcdefghijkm"), "报文无法识别");
        reasons.put(notification("{\"trade_state\":\"SUCCESS\",\"payer\":{\"openid\":\"oSecret\"}}"), "报文缺少必要内容");
        reasons.put(notification(PAID.replace("2026-03-19T10:00:00+08:00", "gestern")), "报文缺少必要内容");
        reasons.put(notification(foreign), "商户号不符");
        for (Map.Entry<String, String> sent : reasons.entrySet()) {
            int before = output.getAll().length();
            double counted = refusals();
            assertThat(genuine(sent.getKey()).statusCode()).isEqualTo(400);
            assertThat(output.getAll().substring(before))
                    .contains("WARN", "whjx " + NOTIFY + " refused with 400: " + sent.getValue())
                    .doesNotContain(API_V3_KEY, "oSecret", "4200001", "5000001", "ciphertext");
            assertThat(refusals()).isEqualTo(counted + 1);
        }
    }

    private double refusals() {
        Counter counter = meters.find("homeroom.wechat.refused")
                .tags("association", "whjx", "status", "400")
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
