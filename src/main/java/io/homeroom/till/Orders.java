package io.homeroom.till;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.schedule.BusinessClock;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Orders at the payment gateway. The gateway is called outside transactions: a row is reserved first and the answer
 * stored after, and what a crash leaves between the two is mended by asking the gateway. Times are the wire's. Works
 * inside a tenant.
 */
@Service
public class Orders {

    /** The SQL state by which H2 and MySQL tell a transaction that it was rolled back for another. */
    private static final String DEADLOCK = "40001";

    private static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Orders.class);

    /** Longer than a call to the gateway may take: an order unknown to it after that never got there. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    private static final int BATCH = 100;

    private final OrderBook book;
    private final Till till;
    private final Alerts alerts;
    private final ObjectProvider<Gateway> gateway;
    private final ObjectProvider<Booking> booking;
    private final Clock wire;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    Orders(
            OrderBook book,
            Till till,
            Alerts alerts,
            ObjectProvider<Gateway> gateway,
            ObjectProvider<Booking> booking,
            @Qualifier("wireClock") Clock wire,
            BusinessClock clock,
            PlatformTransactionManager transactions) {
        this.book = book;
        this.till = till;
        this.alerts = alerts;
        this.gateway = gateway;
        this.booking = booking;
        this.wire = wire;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** {@link #open(long, Set, String, Money, Channel, String, String)} for bills, described as dues. */
    public Outcome<Order> open(long member, Set<Long> bills, Money amount, Channel channel, @Nullable String openid) {
        return open(member, bills, null, amount, channel, openid, "会费");
    }

    /**
     * Opens an order at the gateway, or answers the one still open for the same wish. Not to be called in a transaction.
     *
     * @param bills what it is meant for; may be empty only with {@code forWhat}
     * @param forWhat {@code term} to pay for the rest of the council's term; null for the bills alone
     * @param amount for bills alone exactly what is owed on them
     * @param openid of the payer, required for {@link Channel#JSAPI}
     * @param description what the payer reads at the cashier, at most 127 bytes
     * @return the order with the gateway's handle or code; or why not, in a sentence for the payer
     */
    public Outcome<Order> open(
            long member,
            Set<Long> bills,
            @Nullable String forWhat,
            Money amount,
            Channel channel,
            @Nullable String openid,
            String description) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Orders are opened outside transactions: the gateway is called");
        }
        Gateway bank = gateway.getIfAvailable();
        if (bank == null || !bank.isOpen()) {
            return Outcome.refused("本会尚未开通微信支付，请用银行转账或到协会缴纳。");
        }
        if (channel == Channel.JSAPI && openid == null) {
            throw new IllegalArgumentException("An order inside WeChat needs its payer");
        }
        Instant now = wire.instant();
        var wish = new OrderBook.Wish(member, bills, forWhat, amount, channel, openid, description);
        Gateway.Merchant merchant = bank.merchant();
        Outcome<Order> reserved = inTransaction(() -> reserve(wish, merchant, now));
        if (!(reserved instanceof Outcome.Done<Order> done) || isPlaced(done.value())) {
            return reserved;
        }
        return place(bank, done.value());
    }

    private Outcome<Order> reserve(OrderBook.Wish wish, Gateway.Merchant merchant, Instant now) {
        Optional<Refusal> objection = till.objection(wish.member(), wish.amount(), clock.today(), wish.forWhat());
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        if (!wish.amount().isPositive()) {
            return Outcome.refused("没有需要缴纳的金额。");
        }
        if (wish.forWhat() == null) {
            Money owed = booking.getObject().owedOn(wish.bills());
            if (owed.isZero()) {
                return Outcome.refused("这张账单已结清，无需再付。");
            }
            if (!owed.equals(wish.amount())) {
                return Outcome.refused("应缴金额已变为 " + owed + "，请重新打开账单。");
            }
        }
        return Outcome.done(book.reserve(wish, merchant, now));
    }

    private static boolean isPlaced(Order order) {
        return order.prepayId() != null || order.codeUrl() != null;
    }

    private Outcome<Order> place(Gateway bank, Order order) {
        String number = order.outTradeNo();
        try {
            if (order.channel() == Channel.JSAPI && order.openid() != null) {
                String prepay = bank.jsapi(order, order.openid()).prepayId();
                return Outcome.done(book.placed(number, prepay, null));
            }
            String code = bank.native_(order);
            return Outcome.done(book.placed(number, null, code));
        } catch (Gateway.Trouble trouble) {
            LOG.warn("Order {} could not be placed: {}", number, trouble.getMessage());
            return Outcome.refused("微信支付暂时没有回应，请稍后再试。");
        }
    }

    /** The order of a number. */
    public Optional<Order> byNumber(String outTradeNo) {
        return book.find(outTradeNo);
    }

    /** A member's orders, oldest first. */
    public List<Order> of(long member) {
        return book.of(member);
    }

    /**
     * Takes over that an order was paid. Whatever state it is in, the money is booked if its bills are still owed, else
     * it goes back. A repetition has no further effect.
     *
     * @param notice from a verified notification or a query
     * @return the order; or that nothing was changed because it does not fit, of which finance is told once
     */
    public Outcome<Order> paid(PaidNotice notice) {
        // Of one member two orders may be paid at the same moment, and each gives up the other: the database lets one
        // of them begin again.
        for (int attempt = 1; ; attempt++) {
            try {
                return inTransaction(() -> settle(notice));
            } catch (RuntimeException collision) {
                if (attempt == ATTEMPTS || !isDeadlock(collision)) {
                    throw collision;
                }
            }
        }
    }

    private static boolean isDeadlock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private Outcome<Order> settle(PaidNotice notice) {
        OrderRow row = book.locked(notice.outTradeNo()).orElse(null);
        Optional<String> misfit = misfit(row, notice);
        if (row == null || misfit.isPresent()) {
            return Outcome.refused(misfit.orElse(""));
        }
        if (row.state() == OrderState.PAID) {
            return Outcome.done(row.show());
        }
        row.paid(notice.transactionId());
        Order order = row.show();
        if (order.forWhat() == null && booking.getObject().owedOn(order.bills()).isZero()) {
            till.takeBack(
                    order, businessTime(notice.paidAt()), notice.transactionId(), new Refusal("账单已经结清，这笔款项原路退回。"));
            return Outcome.done(order);
        }
        Outcome<Payment> taken = till.take(
                order.memberId(),
                order.amount(),
                Method.WECHAT,
                businessTime(notice.paidAt()),
                notice.transactionId(),
                order.description(),
                order.forWhat(),
                "wechat",
                order.outTradeNo());
        if (taken instanceof Outcome.Refused<Payment> refused) {
            giveBack(order, notice, refused.refusal());
        }
        return Outcome.done(order);
    }

    /** The gateway tells the wire's time; the day on which dues count as paid is the business clock's. */
    private Instant businessTime(Instant paidAt) {
        return clock.isSettable() ? paidAt.plus(Duration.between(wire.instant(), clock.instant())) : paidAt;
    }

    private void giveBack(Order order, PaidNotice notice, Refusal why) {
        till.of(order.memberId()).stream()
                .filter(payment -> notice.transactionId().equals(payment.externalId()))
                .findFirst()
                .ifPresent(payment ->
                        till.refund(order.memberId(), payment.id(), payment.amount(), why.reason(), why.clauses()));
    }

    private Optional<String> misfit(@Nullable OrderRow row, PaidNotice notice) {
        String number = notice.outTradeNo();
        if (row == null) {
            return alert(number, "unknown-order", "收到不认识的订单 " + number + " 的付款通知，未入账。");
        }
        if (!notice.currency().equals("CNY")) {
            return alert(number, "currency", "订单 " + number + " 的付款币种为 " + notice.currency() + "，未入账。");
        }
        if (!notice.appId().equals(row.appId) || !notice.mchId().equals(row.mchId)) {
            return alert(number, "merchant", "订单 " + number + " 的付款通知写着别的公众号或商户号，未入账。");
        }
        if (notice.amount().fen() != row.amountFen) {
            return alert(
                    number,
                    "amount",
                    "订单 " + number + " 应付 " + new Money(row.amountFen) + "，通知为 " + notice.amount() + "，未入账。");
        }
        if (row.state() == OrderState.PAID && !notice.transactionId().equals(row.transactionId)) {
            return alert(number, "twice", "订单 " + number + " 收到第二笔付款通知，未入账，请与微信支付核对。");
        }
        return Optional.empty();
    }

    private Optional<String> alert(String number, String kind, String text) {
        alerts.once(kind + ":" + number, kind, text);
        return Optional.of(text);
    }

    /** Takes over what a verified notification says about a refund; a repetition has no further effect. */
    public Outcome<Refund> refunded(String outRefundNo, Gateway.RefundResult result) {
        return till.heard(outRefundNo, result);
    }

    /** What is owed has changed otherwise than by payment: open orders of other amounts are given up. */
    public void stale(long member) {
        book.stale(member, wire.instant());
    }

    /** Open orders that the gateway is to be asked about by now. */
    public List<Order> toQuery(Instant now) {
        return book.toQuery(now, BATCH);
    }

    /** Asks the gateway about one order now, as when a payer says that it has paid. Not to be called in a transaction. */
    public Optional<Order> refresh(String outTradeNo) {
        ask(outTradeNo, wire.instant(), true);
        return byNumber(outTradeNo);
    }

    /** Asks the gateway about the orders and refunds whose time has come. Bears being cut off anywhere. */
    public void tend(Instant now) {
        Gateway bank = gateway.getIfAvailable();
        if (bank == null || !bank.isOpen()) {
            return;
        }
        for (Order order : toQuery(now)) {
            alone("Order " + order.outTradeNo(), () -> ask(order.outTradeNo(), now, false));
        }
        for (Refund refund : till.refundsToTry(now, BATCH)) {
            alone("Refund " + refund.outRefundNo(), () -> tryRefund(bank, refund));
        }
    }

    /** One that fails does not keep the others waiting; its next turn is planned already. */
    private static void alone(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} could not be looked after", what, e);
        }
    }

    private void ask(String outTradeNo, Instant now, boolean evenEarly) {
        Gateway bank = gateway.getIfAvailable();
        if (bank == null || !bank.isOpen() || !book.claim(outTradeNo, now, evenEarly)) {
            return;
        }
        try {
            Gateway.QueryResult answer = bank.query(outTradeNo);
            Order order = byNumber(outTradeNo).orElseThrow();
            switch (answer.state()) {
                case SUCCESS -> paid(answer);
                case REFUND, CLOSED, REVOKED -> book.closed(outTradeNo, now);
                case NOTPAY, USERPAYING, PAYERROR -> {
                    if (order.state() == OrderState.CLOSING || !now.isBefore(order.expiresAt())) {
                        bank.close(outTradeNo);
                        book.closed(outTradeNo, now);
                    }
                }
                case UNKNOWN_ORDER -> {
                    if (now.isAfter(order.createdAt().plus(LONGEST_CALL))) {
                        book.closed(outTradeNo, now);
                    }
                }
            }
        } catch (Gateway.Trouble trouble) {
            LOG.info("Order {} stays open for now: {}", outTradeNo, trouble.getMessage());
        }
    }

    private void paid(Gateway.QueryResult answer) {
        PaidNotice notice = answer.paid();
        if (notice == null) {
            throw new IllegalStateException("The gateway calls an order paid and does not say how");
        }
        paid(notice);
    }

    private void tryRefund(Gateway bank, Refund refund) {
        try {
            Gateway.RefundResult answer = refund.state() == RefundState.REQUESTED
                    ? bank.refundStatus(refund.outRefundNo())
                    : bank.refund(refund);
            till.heard(refund.outRefundNo(), answer);
        } catch (Gateway.Trouble trouble) {
            LOG.info("Refund {} stays due for now: {}", refund.outRefundNo(), trouble.getMessage());
        }
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("The transaction answered nothing");
        }
        return result;
    }
}
