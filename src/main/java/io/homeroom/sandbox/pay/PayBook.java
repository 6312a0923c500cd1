package io.homeroom.sandbox.pay;

import io.homeroom.sandbox.Forgets;
import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxAccounts;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.gate.Fault;
import io.homeroom.sandbox.gate.Faults;
import io.homeroom.sandbox.live.SandboxEvents;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.Later;
import io.homeroom.sandbox.wire.Randoms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.node.ObjectNode;

/** All orders and refunds of all merchants, and what moves them. */
@SandboxPart
public class PayBook implements Forgets {

    private static final int KEPT = 50_000;
    private static final int SHOWN = 200;
    private static final Duration PREPAY_LIFE = Duration.ofHours(2);
    private static final Duration REFUND_TAKES = Duration.ofMillis(800);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** How the notification of a payment goes. */
    public enum How {
        NORMAL,
        DELAYED,
        NEVER,
        TWICE,
        FORGED,
        WRONG_AMOUNT,
        STALE,
        PROBE
    }

    private final SandboxAccounts accounts;
    private final Notifier notifier;
    private final SandboxEvents events;
    private final Faults faults;
    private final Later later;
    private final Clock clock;
    private final Map<String, PayOrder> byNumber = new LinkedHashMap<>();
    private final Map<String, PayRefund> refunds = new LinkedHashMap<>();
    private long lastId;

    public PayBook(
            SandboxAccounts accounts,
            Notifier notifier,
            SandboxEvents events,
            Faults faults,
            Later later,
            @Qualifier("wireClock") Clock clock) {
        this.accounts = accounts;
        this.notifier = notifier;
        this.events = events;
        this.faults = faults;
        this.later = later;
        this.clock = clock;
    }

    /** No order or refund was ever made; numbers go on, so that none is given twice. */
    @Override
    public synchronized void forget() {
        byNumber.clear();
        refunds.clear();
    }

    /** Opens an order, or gives again what the same request got before. */
    synchronized PayOrder open(SandboxAccount account, PayOrder.Asked asked) throws PayError {
        Instant now = clock.instant();
        PayOrder known = byNumber.get(key(asked.mchId(), asked.outTradeNo()));
        if (known != null) {
            if (known.paid()) {
                throw new PayError(400, "ORDERPAID", "该订单已支付");
            }
            if (known.state == PayOrder.State.CLOSED) {
                throw new PayError(400, "ORDER_CLOSED", "该订单已关闭");
            }
            if (!known.asked.equals(asked)) {
                throw PayError.request("请求重入时，参数与首次请求时不一致");
            }
            if (!now.isBefore(known.prepaidAt.plus(PREPAY_LIFE))) {
                known.prepayId = prepayId(now);
                known.codeUrl = codeUrl();
                known.prepaidAt = now;
            }
            return known;
        }
        Instant expires = asked.timeExpire();
        if (expires != null && expires.isBefore(now.plus(Duration.ofMinutes(1)))) {
            throw PayError.parameter("time_expire须晚于下单时间1分钟");
        }
        PayOrder order = new PayOrder(++lastId, account.code(), asked, now, prepayId(now), codeUrl());
        byNumber.put(key(asked.mchId(), asked.outTradeNo()), order);
        if (byNumber.size() > KEPT) {
            byNumber.remove(byNumber.keySet().iterator().next());
        }
        told(order);
        return order;
    }

    synchronized PayOrder byNumber(String mchId, String outTradeNo) throws PayError {
        PayOrder order = byNumber.get(key(mchId, outTradeNo));
        if (order == null) {
            throw new PayError(404, "ORDER_NOT_EXIST", "订单不存在");
        }
        return order;
    }

    synchronized ObjectNode transaction(PayOrder order) {
        return order.transaction();
    }

    synchronized PayOrder byTransaction(String mchId, String transactionId) throws PayError {
        return byNumber.values().stream()
                .filter(order -> order.asked.mchId().equals(mchId) && transactionId.equals(order.transactionId))
                .findFirst()
                .orElseThrow(() -> new PayError(404, "ORDER_NOT_EXIST", "订单不存在"));
    }

    synchronized void close(String mchId, String outTradeNo) throws PayError {
        PayOrder order = byNumber(mchId, outTradeNo);
        if (order.paid()) {
            throw new PayError(400, "ORDERPAID", "该订单已支付，不能关单");
        }
        if (order.state == PayOrder.State.CLOSED) {
            throw new PayError(400, "ORDER_CLOSED", "订单已关闭，无法重复关闭");
        }
        order.state = PayOrder.State.CLOSED;
        told(order);
    }

    /** What a refund asks for. */
    record RefundAsked(
            String outTradeNo,
            String transactionId,
            String outRefundNo,
            String reason,
            String notifyUrl,
            long refund,
            long total) {}

    synchronized ObjectNode refund(SandboxAccount account, RefundAsked asked) throws PayError {
        PayOrder order;
        try {
            order = asked.transactionId().isEmpty()
                    ? byNumber(account.mchId(), asked.outTradeNo())
                    : byTransaction(account.mchId(), asked.transactionId());
        } catch (PayError e) {
            throw new PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在");
        }
        PayRefund known = refunds.get(key(account.mchId(), asked.outRefundNo()));
        if (known != null) {
            if (known.order != order || known.amount != asked.refund() || order.asked.total() != asked.total()) {
                throw PayError.request("订单金额或退款金额与之前请求不一致，请核实后再试");
            }
            if (known.status.equals("CLOSED") || known.status.equals("ABNORMAL")) {
                known.status = "PROCESSING";
                settle(account, known);
            }
            return known.answer();
        }
        Instant now = clock.instant();
        if (!order.paid()) {
            throw PayError.request("订单未支付，不能退款");
        }
        if (order.asked.total() != asked.total()) {
            throw PayError.request("订单金额或退款金额与之前请求不一致，请核实后再试");
        }
        if (order.refunded + asked.refund() > asked.total()) {
            throw PayError.request("退款金额大于支付金额");
        }
        Instant before = order.refundedAt;
        if (before != null && now.isBefore(before.plus(Duration.ofMinutes(1)))) {
            throw new PayError(429, "FREQUENCY_LIMITED", "同一订单的多次退款须间隔1分钟");
        }
        PayRefund refund = new PayRefund(
                order,
                asked.outRefundNo(),
                "5030" + Randoms.digits(24),
                asked.refund(),
                asked.reason(),
                asked.notifyUrl(),
                now);
        refunds.put(key(account.mchId(), asked.outRefundNo()), refund);
        if (refunds.size() > KEPT) {
            refunds.remove(refunds.keySet().iterator().next());
        }
        order.refunded += asked.refund();
        order.refundedAt = now;
        order.state = PayOrder.State.REFUND;
        told(order);
        ObjectNode answer = refund.answer();
        settle(account, refund);
        return answer;
    }

    synchronized ObjectNode refund(String mchId, String outRefundNo) throws PayError {
        PayRefund refund = refunds.get(key(mchId, outRefundNo));
        if (refund == null) {
            throw new PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
        }
        return refund.answer();
    }

    /** The bank takes a moment; a fault at {@code refund/result} with a status lets it fail. */
    private void settle(SandboxAccount account, PayRefund refund) {
        later.after(REFUND_TAKES, () -> {
            String status = faults.call("pay", account.code(), "/refund/result")
                    .map(Fault::value)
                    .orElse("SUCCESS");
            Notifier.Message message;
            synchronized (this) {
                refund.status = status;
                if (status.equals("SUCCESS")) {
                    refund.succeededAt = clock.instant();
                }
                message = new Notifier.Message("REFUND." + status, "refund", "退款" + status, refund.notification());
                told(refund.order);
            }
            if (!refund.notifyUrl.isEmpty()) {
                notifier.send(account, refund.notifyUrl, message, Duration.ZERO, heard(refund.order, "normal"));
            }
        });
    }

    /** The last orders of an association, the newest first. */
    public synchronized List<OrderView> orders(String code) {
        List<OrderView> found = new ArrayList<>();
        for (PayOrder order : byNumber.values()) {
            if (order.code.equals(code)) {
                found.add(order.view());
            }
        }
        Collections.reverse(found);
        return List.copyOf(found.subList(0, Math.min(SHOWN, found.size())));
    }

    /** By the number of the sandbox. */
    public synchronized Optional<OrderView> order(long id) {
        return find(id).map(PayOrder::view);
    }

    /** By what a Native QR code says. */
    public synchronized Optional<OrderView> byCodeUrl(String codeUrl) {
        return byNumber.values().stream()
                .filter(order -> order.asked.tradeType().equals("NATIVE") && order.codeUrl.equals(codeUrl))
                .findFirst()
                .map(PayOrder::view);
    }

    /** By the prepay_id of a JSAPI order. */
    public synchronized Optional<OrderView> byPrepayId(String prepayId) {
        return byNumber.values().stream()
                .filter(order -> order.asked.tradeType().equals("JSAPI") && order.prepayId.equals(prepayId))
                .findFirst()
                .map(PayOrder::view);
    }

    /**
     * Somebody pays.
     *
     * @param payer openid of who pays a Native order; a JSAPI order is paid by whom it was made for
     * @param how the way of its notification; null for the normal one or the fault that waits
     * @param delay before it leaves, where it is delayed
     * @throws IllegalStateException if the order cannot be paid; the message is what WeChat shows
     */
    public OrderView pay(long id, @Nullable String payer, @Nullable How how, Duration delay) {
        PayOrder order;
        synchronized (this) {
            order = find(id).orElseThrow(() -> new IllegalStateException("订单不存在"));
            Instant now = clock.instant();
            Instant expires = order.asked.timeExpire();
            if (order.paid()) {
                throw new IllegalStateException("该订单已支付");
            }
            if (order.state == PayOrder.State.CLOSED) {
                throw new IllegalStateException("该订单已关闭");
            }
            if (expires != null && !now.isBefore(expires) || !now.isBefore(order.prepaidAt.plus(PREPAY_LIFE))) {
                throw new IllegalStateException("订单已过期，请重新下单");
            }
            String owner = order.asked.openid();
            if (owner != null && payer != null && !owner.equals(payer)) {
                throw new IllegalStateException("下单账号与支付账号不一致");
            }
            order.state = PayOrder.State.SUCCESS;
            order.paidAt = now;
            order.payer = Objects.requireNonNullElse(owner != null ? owner : payer, "oNativePayer0000000000000000");
            order.transactionId = "4200"
                    + Randoms.digits(6)
                    + LocalDate.ofInstant(now, PayOrder.CHINA).format(DateTimeFormatter.BASIC_ISO_DATE)
                    + Randoms.digits(10);
            told(order);
        }
        How way = how;
        Duration wait = delay;
        if (way == null) {
            Optional<Fault> fault = faults.notification(order.code, "/notify");
            way = fault.map(struck -> how(struck.kind())).orElse(How.NORMAL);
            if (way == How.DELAYED) {
                wait = Duration.ofSeconds(Long.parseLong(fault.orElseThrow().value()));
            }
        }
        notify(order, way, wait, Json.object());
        synchronized (this) {
            return order.view();
        }
    }

    /**
     * Sends the notification of a paid order again.
     *
     * @param changes fields that its resource shall have instead of the true ones
     */
    public void notifyAgain(long id, How how, ObjectNode changes) {
        PayOrder order;
        synchronized (this) {
            order = find(id).orElseThrow(() -> new IllegalStateException("订单不存在"));
        }
        notify(order, how, Duration.ZERO, changes);
    }

    /** Ids of the other orders that the same bill seems to have: same merchant and description, still open. */
    public synchronized List<Long> twins(long id) {
        PayOrder order = find(id).orElseThrow(() -> new IllegalStateException("订单不存在"));
        return byNumber.values().stream()
                .filter(other -> other != order && other.state == PayOrder.State.NOTPAY)
                .filter(other -> other.asked.mchId().equals(order.asked.mchId()))
                .filter(other -> other.asked.description().equals(order.asked.description()))
                .map(other -> other.id)
                .toList();
    }

    /** The trade bill of a day: paid orders and refunds that succeeded. */
    synchronized TradeBill bill(SandboxAccount account, LocalDate day) {
        List<PayOrder> paid = new ArrayList<>();
        for (PayOrder order : byNumber.values()) {
            if (order.asked.mchId().equals(account.mchId()) && on(order.paidAt, day)) {
                paid.add(order);
            }
        }
        List<PayRefund> back = new ArrayList<>();
        for (PayRefund refund : refunds.values()) {
            if (refund.order.asked.mchId().equals(account.mchId()) && on(refund.succeededAt, day)) {
                back.add(refund);
            }
        }
        return new TradeBill(paid, back);
    }

    private static boolean on(@Nullable Instant instant, LocalDate day) {
        return instant != null && LocalDate.ofInstant(instant, PayOrder.CHINA).equals(day);
    }

    private void notify(PayOrder order, How how, Duration delay, ObjectNode changes) {
        SandboxAccount account = accounts.of(order.code);
        String address = order.asked.notifyUrl();
        ObjectNode resource;
        synchronized (this) {
            resource = order.transaction();
        }
        resource.setAll(changes);
        if (how == How.WRONG_AMOUNT) {
            Json.child(resource, "amount")
                    .put("total", order.asked.total() + 1)
                    .put("payer_total", order.asked.total() + 1);
        }
        Notifier.Message message = new Notifier.Message("TRANSACTION.SUCCESS", "transaction", "支付成功", resource);
        Notifier.Heard heard =
                heard(order, how.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        switch (how) {
            case NEVER -> {}
            case NORMAL, WRONG_AMOUNT -> notifier.send(account, address, message, Duration.ZERO, heard);
            case DELAYED -> notifier.send(account, address, message, delay, heard);
            case TWICE -> {
                notifier.send(account, address, message, Duration.ZERO, heard);
                notifier.send(account, address, message, Duration.ZERO, heard);
            }
            case FORGED -> notifier.once(account, address, message, Notifier.Seal.FORGED, heard);
            case STALE -> notifier.once(account, address, message, Notifier.Seal.STALE, heard);
            case PROBE -> {
                notifier.once(account, address, message, Notifier.Seal.PROBE, heard);
                notifier.send(account, address, message, Duration.ZERO, heard);
            }
        }
    }

    private static How how(Fault.Kind kind) {
        return switch (kind) {
            case NOTIFY_DELAY -> How.DELAYED;
            case NOTIFY_NEVER -> How.NEVER;
            case NOTIFY_TWICE -> How.TWICE;
            case NOTIFY_FORGED -> How.FORGED;
            case NOTIFY_WRONG_AMOUNT -> How.WRONG_AMOUNT;
            case NOTIFY_STALE -> How.STALE;
            case NOTIFY_PROBE -> How.PROBE;
            default -> How.NORMAL;
        };
    }

    private Notifier.Heard heard(PayOrder order, String how) {
        return (id, event, attempt, status) -> {
            synchronized (this) {
                order.notifications.add(new PayOrder.Notification(clock.instant(), id, event, attempt, status, how));
                told(order);
            }
        };
    }

    private Optional<PayOrder> find(long id) {
        return byNumber.values().stream().filter(order -> order.id == id).findFirst();
    }

    private void told(PayOrder order) {
        events.tell("order", order.code, order.view());
    }

    private static String key(String mchId, String number) {
        return mchId + "/" + number;
    }

    private static String prepayId(Instant now) {
        return "wx" + LocalDateTime.ofInstant(now, PayOrder.CHINA).format(SECONDS)
                + Randoms.letters(20).toLowerCase(java.util.Locale.ROOT);
    }

    private static String codeUrl() {
        return "weixin://wxpay/bizpayurl?pr=" + Randoms.letters(9) + "zz";
    }
}
