package io.homeroom.till;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payment gateway of the current association. Never called inside a transaction. Every method may throw {@link
 * Trouble}: then what happened at the other end is unknown, and the till asks again later with the same numbers.
 */
public interface Gateway {

    /** Whether the association has a merchant account here at all. */
    boolean isOpen();

    /** Who takes the money: orders and notifications must agree on it. */
    Merchant merchant();

    /** Places an order for a payer inside WeChat; repeated with the same order it answers again. */
    Prepay jsapi(Order order, String openid);

    /** Places an order for whoever scans and answers the content of the code; repeatable likewise. */
    String native_(Order order);

    /** What became of an order. */
    QueryResult query(String outTradeNo);

    /** Closes an unpaid order; throws {@link Trouble} where that was not possible, as when it has been paid. */
    void close(String outTradeNo);

    /** Orders a refund; repeated with the same number it does nothing new. */
    RefundResult refund(Refund refund);

    /** What became of a refund. */
    RefundResult refundStatus(String outRefundNo);

    /** Application and merchant number. */
    record Merchant(String appId, String mchId) {}

    /** The handle for the page's payment call. */
    record Prepay(String prepayId) {}

    /**
     * @param state what became of the order
     * @param paid set for {@link TradeState#SUCCESS}
     */
    record QueryResult(TradeState state, @Nullable PaidNotice paid) {}

    /** The gateway's states of an order; {@link #UNKNOWN_ORDER} if it never heard of it. */
    enum TradeState {
        SUCCESS,
        REFUND,
        NOTPAY,
        CLOSED,
        REVOKED,
        USERPAYING,
        PAYERROR,
        UNKNOWN_ORDER
    }

    /**
     * @param state what became of the refund
     * @param refundId the gateway's number
     * @param doneAt set for {@link BackState#SUCCESS}
     */
    record RefundResult(
            BackState state,
            @Nullable String refundId,
            @Nullable Instant doneAt) {}

    /** The gateway's states of a refund; {@link #UNKNOWN_REFUND} if it never heard of it. */
    enum BackState {
        PROCESSING,
        SUCCESS,
        CLOSED,
        ABNORMAL,
        UNKNOWN_REFUND
    }

    /** The gateway did not answer, or not in a way that settles the matter. */
    final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Trouble(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
