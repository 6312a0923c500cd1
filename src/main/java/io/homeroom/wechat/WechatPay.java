package io.homeroom.wechat;

import com.github.binarywang.wxpay.bean.request.WxPayRefundV3Request;
import com.github.binarywang.wxpay.bean.request.WxPayUnifiedOrderV3Request;
import com.github.binarywang.wxpay.bean.result.WxPayOrderQueryV3Result;
import com.github.binarywang.wxpay.bean.result.WxPayRefundQueryV3Result;
import com.github.binarywang.wxpay.bean.result.WxPayRefundV3Result;
import com.github.binarywang.wxpay.bean.result.enums.TradeTypeEnum;
import com.github.binarywang.wxpay.exception.WxPayException;
import com.github.binarywang.wxpay.service.WxPayService;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.portal.Cashier;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Gateway;
import io.homeroom.till.Order;
import io.homeroom.till.PaidNotice;
import io.homeroom.till.Refund;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** WeChat Pay v3: orders, queries, closing and refunds, and the sheet with which a page calls up the cashier. */
@Component
class WechatPay implements Gateway, Cashier {

    private static final String CURRENCY = "CNY";

    /** Longest description and reason that WeChat Pay takes, in characters. */
    private static final int DESCRIPTION = 127;

    private static final int REASON = 80;

    private static final Set<String> UNKNOWN_ORDER = Set.of("ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS");
    private static final Set<String> CLOSED = Set.of("ORDER_CLOSED", "ORDERCLOSED");

    private interface Call<T> {
        T run(WxPayService pay) throws WxPayException;
    }

    private final PayAccounts accounts;
    private final WechatSettings settings;
    private final Line line;

    WechatPay(PayAccounts accounts, WechatSettings settings, Line line) {
        this.accounts = accounts;
        this.settings = settings;
        this.line = line;
    }

    @Override
    public boolean isOpen() {
        return accounts.of(Tenant.current()).isPresent();
    }

    @Override
    public Merchant merchant() {
        PayAccounts.Merchant merchant = account();
        return new Merchant(merchant.appId(), merchant.mchId());
    }

    @Override
    public Prepay jsapi(Order order, String openid) {
        WxPayUnifiedOrderV3Request request =
                request(order).setPayer(new WxPayUnifiedOrderV3Request.Payer().setOpenid(openid));
        String prepayId =
                call(pay -> pay.unifiedOrderV3(TradeTypeEnum.JSAPI, request).getPrepayId());
        return new Prepay(given(prepayId, "prepay_id"));
    }

    @Override
    public String native_(Order order) {
        String url = call(
                pay -> pay.unifiedOrderV3(TradeTypeEnum.NATIVE, request(order)).getCodeUrl());
        return given(url, "code_url");
    }

    private WxPayUnifiedOrderV3Request request(Order order) {
        return new WxPayUnifiedOrderV3Request()
                .setDescription(shortened(order.description(), DESCRIPTION))
                .setOutTradeNo(order.outTradeNo())
                .setTimeExpire(rfc3339(order.expiresAt()))
                .setNotifyUrl(settings.publicBaseUrl() + "/wechat/pay/" + Tenant.current() + "/notify")
                .setAmount(new WxPayUnifiedOrderV3Request.Amount()
                        .setTotal(fen(order.amount()))
                        .setCurrency(CURRENCY));
    }

    @Override
    public QueryResult query(String outTradeNo) {
        WxPayOrderQueryV3Result result;
        try {
            result = ask(pay -> pay.queryOrderV3(null, outTradeNo));
        } catch (WxPayException e) {
            if (UNKNOWN_ORDER.contains(code(e))) {
                return new QueryResult(TradeState.UNKNOWN_ORDER, null);
            }
            throw trouble(e);
        } catch (RuntimeException e) {
            throw trouble(e);
        }
        TradeState state = of(TradeState.class, result.getTradeState());
        return new QueryResult(state, state == TradeState.SUCCESS ? paid(result) : null);
    }

    private static PaidNotice paid(WxPayOrderQueryV3Result result) {
        WxPayOrderQueryV3Result.Amount amount = result.getAmount();
        if (amount == null || amount.getTotal() == null || result.getTransactionId() == null) {
            throw new Trouble("a paid order without its amount", null);
        }
        return new PaidNotice(
                given(result.getOutTradeNo(), "out_trade_no"),
                result.getTransactionId(),
                new Money(amount.getTotal()),
                amount.getCurrency() == null ? CURRENCY : amount.getCurrency(),
                given(result.getAppid(), "appid"),
                given(result.getMchid(), "mchid"),
                result.getPayer() == null ? null : result.getPayer().getOpenid(),
                instant(result.getSuccessTime()));
    }

    @Override
    public void close(String outTradeNo) {
        try {
            ask(pay -> {
                pay.closeOrderV3(outTradeNo);
                return true;
            });
        } catch (WxPayException e) {
            // Closed already, or never placed: either way nobody can pay it any more.
            if (!CLOSED.contains(code(e)) && !UNKNOWN_ORDER.contains(code(e))) {
                throw trouble(e);
            }
        } catch (RuntimeException e) {
            throw trouble(e);
        }
    }

    @Override
    public RefundResult refund(Refund refund) {
        WxPayRefundV3Request request = new WxPayRefundV3Request()
                .setOutTradeNo(refund.outTradeNo())
                .setOutRefundNo(refund.outRefundNo())
                .setReason(shortened(refund.reason(), REASON))
                .setNotifyUrl(settings.publicBaseUrl() + "/wechat/pay/" + Tenant.current() + "/refund-notify")
                .setAmount(new WxPayRefundV3Request.Amount()
                        .setRefund(fen(refund.amount()))
                        .setTotal(fen(refund.orderAmount()))
                        .setCurrency(CURRENCY));
        WxPayRefundV3Result result = call(pay -> pay.refundV3(request));
        return refund(result.getStatus(), result.getRefundId(), result.getSuccessTime());
    }

    @Override
    public RefundResult refundStatus(String outRefundNo) {
        WxPayRefundQueryV3Result result;
        try {
            result = ask(pay -> pay.refundQueryV3(outRefundNo));
        } catch (WxPayException e) {
            if (UNKNOWN_ORDER.contains(code(e))) {
                return new RefundResult(BackState.UNKNOWN_REFUND, null, null);
            }
            throw trouble(e);
        } catch (RuntimeException e) {
            throw trouble(e);
        }
        return refund(result.getStatus(), result.getRefundId(), result.getSuccessTime());
    }

    /** What WeChat Pay says of a refund, in an answer or a notification. */
    static RefundResult refund(@Nullable String status, @Nullable String refundId, @Nullable String successTime) {
        BackState state = of(BackState.class, status);
        return new RefundResult(
                state, refundId, state == BackState.SUCCESS && successTime != null ? instant(successTime) : null);
    }

    @Override
    public Map<String, String> sheet(Order order) {
        PayAccounts.Merchant merchant = account();
        String time = Long.toString(merchant.seal().now());
        String nonce = PaySeal.nonce();
        String prepay = "prepay_id=" + given(order.prepayId(), "prepay_id");
        Map<String, String> sheet = new LinkedHashMap<>();
        sheet.put("appId", merchant.appId());
        sheet.put("timeStamp", time);
        sheet.put("nonceStr", nonce);
        sheet.put("package", prepay);
        sheet.put("signType", "RSA");
        sheet.put(
                "paySign", merchant.seal().sign(merchant.appId() + "\n" + time + "\n" + nonce + "\n" + prepay + "\n"));
        return sheet;
    }

    private PayAccounts.Merchant account() {
        String code = Tenant.current();
        return accounts.of(code).orElseThrow(() -> new IllegalStateException(code + " has no merchant account"));
    }

    private <T> T call(Call<T> call) {
        try {
            return ask(call);
        } catch (WxPayException | RuntimeException e) {
            throw trouble(e);
        }
    }

    private <T> T ask(Call<T> call) throws WxPayException {
        WxPayService service = account().service();
        return line.guard(
                "pay-" + Tenant.current(),
                e -> e instanceof WxPayException wx && wx.getErrCode() != null,
                () -> new WxPayException("left alone for a while"),
                () -> call.run(service));
    }

    private static Trouble trouble(Exception e) {
        if (e instanceof Trouble trouble) {
            return trouble;
        }
        String what = e instanceof WxPayException wx && wx.getErrCode() != null
                ? wx.getErrCode() + " " + wx.getErrCodeDes()
                : String.valueOf(e.getMessage());
        return new Trouble(what, e);
    }

    private static String code(WxPayException e) {
        return e.getErrCode() == null ? "" : e.getErrCode();
    }

    private static String given(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw new Trouble("WeChat Pay gave no " + name, null);
        }
        return value;
    }

    private static int fen(Money money) {
        return Math.toIntExact(money.fen());
    }

    private static <E extends Enum<E>> E of(Class<E> type, @Nullable String name) {
        try {
            return Enum.valueOf(type, name == null ? "" : name);
        } catch (IllegalArgumentException e) {
            throw new Trouble("WeChat Pay speaks of a state " + name, e);
        }
    }

    static Instant instant(@Nullable String rfc3339) {
        try {
            return OffsetDateTime.parse(given(rfc3339, "time")).toInstant();
        } catch (DateTimeException e) {
            throw new Trouble("WeChat Pay gave a time that is none", e);
        }
    }

    private static String rfc3339(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atZone(BusinessClock.ZONE));
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
