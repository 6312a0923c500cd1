package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.wire.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A refund. Changed only by {@link PayBook}, under its lock. */
final class PayRefund {

    final PayOrder order;
    final String outRefundNo;
    final String refundId;
    final long amount;
    final String reason;
    final String notifyUrl;
    final Instant createdAt;
    String status = "PROCESSING";

    @Nullable
    Instant succeededAt;

    PayRefund(
            PayOrder order,
            String outRefundNo,
            String refundId,
            long amount,
            String reason,
            String notifyUrl,
            Instant createdAt) {
        this.order = order;
        this.outRefundNo = outRefundNo;
        this.refundId = refundId;
        this.amount = amount;
        this.reason = reason;
        this.notifyUrl = notifyUrl;
        this.createdAt = createdAt;
    }

    /** The answer of refund and query. */
    ObjectNode answer() {
        ObjectNode node = Json.object();
        node.put("refund_id", refundId)
                .put("out_refund_no", outRefundNo)
                .put("transaction_id", order.transactionId)
                .put("out_trade_no", order.asked.outTradeNo())
                .put("channel", "ORIGINAL")
                .put("user_received_account", "支付用户零钱")
                .put("create_time", PayOrder.time(createdAt))
                .put("status", status)
                .put("funds_account", "AVAILABLE");
        if (succeededAt != null) {
            node.put("success_time", PayOrder.time(succeededAt));
        }
        node.set(
                "amount",
                amounts()
                        .put("settlement_refund", amount)
                        .put("settlement_total", order.asked.total())
                        .put("discount_refund", 0)
                        .put("currency", "CNY"));
        node.set("promotion_detail", Json.array());
        return node;
    }

    /** The resource of a notification. */
    ObjectNode notification() {
        ObjectNode node = Json.object();
        node.put("mchid", order.asked.mchId())
                .put("out_trade_no", order.asked.outTradeNo())
                .put("transaction_id", order.transactionId)
                .put("out_refund_no", outRefundNo)
                .put("refund_id", refundId)
                .put("refund_status", status)
                .put("user_received_account", "支付用户零钱");
        if (succeededAt != null) {
            node.put("success_time", PayOrder.time(succeededAt));
        }
        node.set("amount", amounts());
        return node;
    }

    private ObjectNode amounts() {
        return Json.object()
                .put("total", order.asked.total())
                .put("refund", amount)
                .put("payer_total", order.asked.total())
                .put("payer_refund", amount);
    }
}
