package io.homeroom.till;

import io.homeroom.ground.Money;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order at the payment gateway.
 *
 * @param id key
 * @param outTradeNo our number for the gateway: {@code [0-9A-Za-z]{6,32}}, unique, never reused
 * @param memberId who is to pay
 * @param bills the bills it is meant for; empty for a prepayment
 * @param forWhat as in {@link Payment#forWhat}
 * @param amount what is to be paid, in renminbi
 * @param channel how
 * @param openid the payer in the official account, for {@link Channel#JSAPI}
 * @param state where it stands
 * @param createdAt on the wire's clock
 * @param expiresAt on the wire's clock; the gateway is told
 * @param prepayId the gateway's handle, for {@link Channel#JSAPI} once {@link OrderState#PAYING}
 * @param codeUrl content of the code to scan, for {@link Channel#NATIVE} once {@link OrderState#PAYING}
 * @param transactionId the gateway's number of the payment
 * @param description what the payer reads at the cashier
 */
public record Order(
        long id,
        String outTradeNo,
        long memberId,
        Set<Long> bills,
        @Nullable String forWhat,
        Money amount,
        Channel channel,
        @Nullable String openid,
        OrderState state,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String prepayId,
        @Nullable String codeUrl,
        @Nullable String transactionId,
        String description) {}
