package io.homeroom.sandbox.pay;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The trade bill ("申请交易账单"): comma separated, every value after a back-tick, money in yuan, then a line of sums.
 */
record TradeBill(List<PayOrder> paid, List<PayRefund> refunds) {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String HEAD = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,";
    private static final String REFUND = "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,";
    private static final String TAIL = "商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
    private static final String SUCCESS_TAIL = "商品名称,商户数据包,手续费,费率,订单金额,费率备注";
    private static final String SUMS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    boolean isEmpty() {
        return paid.isEmpty() && refunds.isEmpty();
    }

    /**
     * The file.
     *
     * @param type {@code ALL}, {@code SUCCESS} or {@code REFUND}
     */
    String csv(String type) {
        boolean success = type.equals("SUCCESS");
        StringBuilder csv = new StringBuilder(HEAD);
        csv.append(success ? SUCCESS_TAIL : REFUND + TAIL).append("\r\n");
        long settled = 0;
        long returned = 0;
        int rows = 0;
        if (!type.equals("REFUND")) {
            for (PayOrder order : paid) {
                settled += order.asked.total();
                rows++;
                row(csv, success ? successRow(order) : paidRow(order));
            }
        }
        if (!success) {
            for (PayRefund refund : refunds) {
                returned += refund.amount;
                rows++;
                row(csv, refundRow(refund));
            }
        }
        csv.append(SUMS).append("\r\n");
        row(
                csv,
                List.of(
                        Integer.toString(rows),
                        yuan(settled),
                        yuan(returned),
                        "0.00",
                        "0.00000",
                        yuan(settled),
                        yuan(returned)));
        return csv.toString();
    }

    private static List<String> paidRow(PayOrder order) {
        return List.of(
                time(order.paidAt == null ? order.createdAt : order.paidAt),
                order.asked.appId(),
                order.asked.mchId(),
                "0",
                "",
                String.valueOf(order.transactionId),
                order.asked.outTradeNo(),
                String.valueOf(order.payer),
                order.asked.tradeType(),
                "SUCCESS",
                "OTHERS",
                "CNY",
                yuan(order.asked.total()),
                "0.00",
                "0",
                "0",
                "0.00",
                "0.00",
                "",
                "",
                order.asked.description(),
                order.asked.attach(),
                "0.00000",
                "0.60%",
                yuan(order.asked.total()),
                "0.00",
                "");
    }

    private static List<String> successRow(PayOrder order) {
        return List.of(
                time(order.paidAt == null ? order.createdAt : order.paidAt),
                order.asked.appId(),
                order.asked.mchId(),
                "0",
                "",
                String.valueOf(order.transactionId),
                order.asked.outTradeNo(),
                String.valueOf(order.payer),
                order.asked.tradeType(),
                "SUCCESS",
                "OTHERS",
                "CNY",
                yuan(order.asked.total()),
                "0.00",
                order.asked.description(),
                order.asked.attach(),
                "0.00000",
                "0.60%",
                yuan(order.asked.total()),
                "");
    }

    private static List<String> refundRow(PayRefund refund) {
        PayOrder order = refund.order;
        return List.of(
                time(refund.succeededAt == null ? refund.createdAt : refund.succeededAt),
                order.asked.appId(),
                order.asked.mchId(),
                "0",
                "",
                String.valueOf(order.transactionId),
                order.asked.outTradeNo(),
                String.valueOf(order.payer),
                order.asked.tradeType(),
                "REFUND",
                "OTHERS",
                "CNY",
                "0.00",
                "0.00",
                refund.refundId,
                refund.outRefundNo,
                yuan(refund.amount),
                "0.00",
                "ORIGINAL",
                refund.status,
                order.asked.description(),
                order.asked.attach(),
                "0.00000",
                "0.60%",
                "0.00",
                yuan(refund.amount),
                "");
    }

    private static void row(StringBuilder csv, List<String> values) {
        csv.append('`').append(String.join(",`", values)).append("\r\n");
    }

    private static String time(Instant instant) {
        return LocalDateTime.ofInstant(instant, PayOrder.CHINA).format(SECONDS);
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
