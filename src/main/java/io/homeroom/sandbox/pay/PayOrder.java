package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.wire.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An order at WeChat Pay. Changed only by {@link PayBook}, under its lock. */
final class PayOrder {

    static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** States as the API spells them. */
    enum State {
        NOTPAY("订单未支付"),
        SUCCESS("支付成功"),
        REFUND("订单发生过退款"),
        CLOSED("订单已关闭");

        private final String says;

        State(String says) {
            this.says = says;
        }
    }

    /** What was asked for; asking again must say the same. */
    record Asked(
            String tradeType,
            String appId,
            String mchId,
            String outTradeNo,
            String description,
            String attach,
            String notifyUrl,
            long total,
            @Nullable String openid,
            @Nullable Instant timeExpire) {}

    /** One try to deliver a notification, for the page. */
    record Notification(Instant at, String id, String event, int attempt, int status, String how) {}

    final long id;
    final String code;
    final Asked asked;
    final Instant createdAt;
    final List<Notification> notifications = new ArrayList<>();
    State state = State.NOTPAY;
    String prepayId;
    String codeUrl;
    Instant prepaidAt;

    @Nullable
    String transactionId;

    @Nullable
    String payer;

    @Nullable
    Instant paidAt;

    @Nullable
    Instant refundedAt;

    long refunded;

    PayOrder(long id, String code, Asked asked, Instant createdAt, String prepayId, String codeUrl) {
        this.id = id;
        this.code = code;
        this.asked = asked;
        this.createdAt = createdAt;
        this.prepaidAt = createdAt;
        this.prepayId = prepayId;
        this.codeUrl = codeUrl;
    }

    /** Instants as the API writes them: with offset, whole seconds. */
    static String time(Instant instant) {
        return OffsetDateTime.ofInstant(instant, CHINA)
                .truncatedTo(ChronoUnit.SECONDS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    boolean paid() {
        return state == State.SUCCESS || state == State.REFUND;
    }

    /** The transaction as query and notification show it. */
    ObjectNode transaction() {
        ObjectNode node = Json.object();
        node.put("appid", asked.appId()).put("mchid", asked.mchId()).put("out_trade_no", asked.outTradeNo());
        if (transactionId != null) {
            node.put("transaction_id", transactionId);
        }
        node.put("trade_type", asked.tradeType())
                .put("trade_state", state.name())
                .put("trade_state_desc", state.says);
        ObjectNode amount = Json.object().put("total", asked.total()).put("currency", "CNY");
        ObjectNode payerNode = Json.object();
        if (paidAt != null) {
            node.put("bank_type", "OTHERS").put("success_time", time(paidAt));
            amount.put("payer_total", asked.total()).put("payer_currency", "CNY");
            payerNode.put("openid", payer);
        }
        if (!asked.attach().isEmpty()) {
            node.put("attach", asked.attach());
        }
        node.set("payer", payerNode);
        node.set("amount", amount);
        node.set("promotion_detail", Json.array());
        return node;
    }

    /** What JSON shows on the sandbox's page. */
    OrderView view() {
        return new OrderView(
                id,
                code,
                asked.mchId(),
                asked.outTradeNo(),
                transactionId,
                asked.description(),
                asked.total(),
                payer == null ? asked.openid() : payer,
                asked.tradeType(),
                state.name(),
                asked.tradeType().equals("NATIVE") ? codeUrl : null,
                asked.tradeType().equals("JSAPI") ? prepayId : null,
                createdAt,
                asked.timeExpire(),
                paidAt,
                refunded,
                List.copyOf(notifications.stream()
                        .map(n -> new OrderView.Notified(n.at(), n.id(), n.event(), n.attempt(), n.status(), n.how()))
                        .toList()));
    }
}
