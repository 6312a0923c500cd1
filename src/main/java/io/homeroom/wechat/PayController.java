package io.homeroom.wechat;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.till.Gateway;
import io.homeroom.till.Orders;
import io.homeroom.till.PaidNotice;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WeChat Pay's notifications. The signature is checked over the bytes as they came, before anything is parsed; whether
 * amount, currency, account and order fit is the till's to say. A repetition is accepted again and does nothing.
 */
@RestController
class PayController {

    private static final Logger LOG = LoggerFactory.getLogger(PayController.class);

    private static final String CIPHER = "AEAD_AES_256_GCM";
    private static final String LACKING = "报文缺少必要内容";

    private final PayAccounts accounts;
    private final Orders orders;
    private final Doors doors;
    private final JsonMapper json;

    PayController(PayAccounts accounts, Orders orders, Doors doors, JsonMapper json) {
        this.accounts = accounts;
        this.orders = orders;
        this.doors = doors;
        this.json = json;
    }

    /** Takes a notification of a payment or a refund. */
    @PostMapping({"/wechat/pay/{code}/notify", "/wechat/pay/{code}/refund-notify"})
    ResponseEntity<byte[]> receive(@PathVariable String code, HttpServletRequest request) throws IOException {
        Optional<PayAccounts.Merchant> merchant = accounts.of(code);
        if (merchant.isEmpty()) {
            return Doors.unknown();
        }
        try {
            JsonNode notification = verified(request, merchant.get().seal());
            Outcome<?> outcome = Tenant.in(code, () -> take(code, merchant.get().mchId(), notification));
            return outcome instanceof Outcome.Refused<?> refused
                    ? refuse(request, code, refused.refusal().reason())
                    : Doors.empty();
        } catch (Knock.Refused e) {
            return e.status() == HttpStatus.BAD_REQUEST.value()
                    ? refuse(request, code, "报文无法识别")
                    : doors.refuse(request, code, e);
        } catch (Gateway.Trouble e) {
            return refuse(request, code, LACKING);
        } catch (RuntimeException e) {
            LOG.error("{}: a payment notification could not be handled", code, e);
            return fail(HttpStatus.INTERNAL_SERVER_ERROR, "暂时无法处理");
        }
    }

    /** The decrypted content of a notification that WeChat Pay has signed. */
    private JsonNode verified(HttpServletRequest request, PaySeal seal) throws IOException, Knock.Refused {
        Knock knock = Knock.of(request);
        if (!seal.signed(
                request.getHeader("Wechatpay-Serial"),
                request.getHeader("Wechatpay-Timestamp"),
                request.getHeader("Wechatpay-Nonce"),
                request.getHeader("Wechatpay-Signature"),
                knock.body())) {
            throw new Knock.Refused(HttpStatus.FORBIDDEN.value(), "not signed by WeChat Pay, or stale");
        }
        try {
            JsonNode resource = json.readTree(knock.body()).path("resource");
            if (!CIPHER.equals(text(resource, "algorithm"))) {
                throw new Knock.Refused(HttpStatus.BAD_REQUEST.value(), "algorithm");
            }
            byte[] plain =
                    seal.open(text(resource, "ciphertext"), text(resource, "nonce"), text(resource, "associated_data"));
            return json.readTree(plain);
        } catch (JacksonException | PaySeal.Unreadable e) {
            throw new Knock.Refused(HttpStatus.BAD_REQUEST.value(), "content");
        }
    }

    private Outcome<?> take(String code, String mchId, JsonNode content) {
        if (content.has("out_refund_no")) {
            return refund(mchId, content);
        }
        if (!"SUCCESS".equals(text(content, "trade_state"))) {
            // Only successful payments are notified today; another state is no money and nothing to do.
            LOG.info("{}: notification with trade state {}", code, text(content, "trade_state"));
            return Outcome.done(number(content));
        }
        JsonNode amount = content.path("amount");
        String number = number(content);
        String transaction = text(content, "transaction_id");
        if (number.isEmpty() || transaction.isEmpty() || !amount.path("total").isIntegralNumber()) {
            return Outcome.refused(LACKING);
        }
        String openid = text(content.path("payer"), "openid");
        return orders.paid(new PaidNotice(
                number,
                transaction,
                new Money(amount.path("total").asLong()),
                text(amount, "currency"),
                text(content, "appid"),
                text(content, "mchid"),
                openid.isEmpty() ? null : openid,
                WechatPay.instant(text(content, "success_time"))));
    }

    private Outcome<?> refund(String mchId, JsonNode content) {
        if (!mchId.equals(text(content, "mchid"))) {
            return Outcome.refused("商户号不符");
        }
        Gateway.RefundResult result = WechatPay.refund(
                text(content, "refund_status"), text(content, "refund_id"), text(content, "success_time"));
        return orders.refunded(text(content, "out_refund_no"), result);
    }

    /** Signed and yet not taken: it may be a fault of ours or of the merchant's settings, so somebody must see it. */
    private ResponseEntity<byte[]> refuse(HttpServletRequest request, String code, String reason) {
        doors.note(request, code, HttpStatus.BAD_REQUEST.value(), reason);
        return fail(HttpStatus.BAD_REQUEST, reason);
    }

    private static String number(JsonNode content) {
        return text(content, "out_trade_no");
    }

    private static ResponseEntity<byte[]> fail(HttpStatus status, String message) {
        byte[] body = JsonMapper.shared()
                .writeValueAsString(Map.of("code", "FAIL", "message", message))
                .getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
