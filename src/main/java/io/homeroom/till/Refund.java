package io.homeroom.till;

import io.homeroom.ground.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back.
 *
 * @param id key
 * @param memberId to whom
 * @param paymentId out of which payment; null where it was made before this till existed
 * @param outTradeNo order to refund at the gateway, null where it must be done by hand
 * @param outRefundNo our number for the gateway, unique; a failed attempt is repeated with the same
 * @param orderAmount total of the order, which the gateway wants to hear
 * @param amount what goes back
 * @param reason what the member reads
 * @param clauses by which clauses
 * @param state where it stands
 * @param doneAt when the money went back
 */
public record Refund(
        long id,
        long memberId,
        @Nullable Long paymentId,
        @Nullable String outTradeNo,
        String outRefundNo,
        Money orderAmount,
        Money amount,
        String reason,
        List<String> clauses,
        RefundState state,
        @Nullable Instant doneAt) {

    /** Whether people must pay it back. */
    public boolean byHand() {
        return outTradeNo == null || state == RefundState.FAILED;
    }
}
