package io.homeroom.sandbox.pay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the sandbox's page sees it.
 *
 * @param amountFen whole fen
 * @param state {@code NOTPAY SUCCESS REFUND CLOSED}
 * @param codeUrl of a Native order
 * @param prepayId of a JSAPI order
 */
public record OrderView(
        long id,
        String code,
        String mchId,
        String outTradeNo,
        @Nullable String transactionId,
        String description,
        long amountFen,
        @Nullable String openid,
        String tradeType,
        String state,
        @Nullable String codeUrl,
        @Nullable String prepayId,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant paidAt,
        long refundedFen,
        List<Notified> notifications) {

    /** One try to deliver a notification; status 0 means that there was no answer. */
    public record Notified(Instant at, String id, String event, int attempt, int status, String how) {}
}
