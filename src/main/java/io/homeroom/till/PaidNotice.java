package io.homeroom.till;

import io.homeroom.ground.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway says about a successful payment, in a verified notification or in answer to a query.
 *
 * @param outTradeNo our order number
 * @param transactionId the gateway's number
 * @param amount total of the order
 * @param currency {@code CNY}
 * @param appId the application it was paid in
 * @param mchId the merchant it was paid to
 * @param openid the payer
 * @param paidAt when
 */
public record PaidNotice(
        String outTradeNo,
        String transactionId,
        Money amount,
        String currency,
        String appId,
        String mchId,
        @Nullable String openid,
        Instant paidAt) {}
