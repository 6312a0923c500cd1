package io.homeroom.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeroom.CoreSlice;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("mysql")
@SpringBootTest(classes = CoreSlice.MoneyRooms.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Import(OrdersTest.Parts.class)
@DisplayName("微信支付订单")
class OrdersTest {

    private static final String APP = "wxapp";
    private static final String MCH = "1900000001";

    @TestConfiguration(proxyBeanMethods = false)
    static class Parts {
        @Bean
        Bank bank() {
            return new Bank();
        }

        @Bean
        Objection objection(Bank bank) {
            return (member, amount, on, forWhat) -> Optional.ofNullable(bank.objection);
        }
    }

    /** A gateway that remembers what it was asked and can be out of reach. */
    static final class Bank implements Gateway {
        final Map<String, TradeState> orders = new HashMap<>();
        final Map<String, PaidNotice> paid = new HashMap<>();
        final Map<String, BackState> refunds = new HashMap<>();
        final List<String> calls = new ArrayList<>();
        boolean reachable = true;

        @Nullable
        Refusal objection;

        private synchronized void call(String what) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .as("the gateway is called outside transactions")
                    .isFalse();
            calls.add(what);
            if (!reachable) {
                throw new Trouble("out of reach", null);
            }
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Merchant merchant() {
            return new Merchant(APP, MCH);
        }

        @Override
        public Prepay jsapi(Order order, String openid) {
            call("place");
            orders.putIfAbsent(order.outTradeNo(), TradeState.NOTPAY);
            return new Prepay("prepay-" + order.outTradeNo());
        }

        @Override
        public String native_(Order order) {
            call("place");
            orders.putIfAbsent(order.outTradeNo(), TradeState.NOTPAY);
            return "weixin://wxpay/bizpayurl?pr=" + order.outTradeNo();
        }

        @Override
        public QueryResult query(String outTradeNo) {
            call("query");
            TradeState state = orders.getOrDefault(outTradeNo, TradeState.UNKNOWN_ORDER);
            return new QueryResult(state, paid.get(outTradeNo));
        }

        @Override
        public void close(String outTradeNo) {
            call("close");
            if (orders.get(outTradeNo) == TradeState.SUCCESS) {
                throw new Trouble("paid", null);
            }
            orders.put(outTradeNo, TradeState.CLOSED);
        }

        @Override
        public RefundResult refund(Refund refund) {
            call("refund " + refund.outRefundNo());
            return new RefundResult(refunds.getOrDefault(refund.outRefundNo(), BackState.PROCESSING), "gw1", null);
        }

        @Override
        public RefundResult refundStatus(String outRefundNo) {
            call("status " + outRefundNo);
            return new RefundResult(
                    refunds.getOrDefault(outRefundNo, BackState.PROCESSING),
                    "gw1",
                    Instant.parse("2025-01-06T05:00:00Z"));
        }
    }

    @Autowired
    Orders orders;

    @Autowired
    Till till;

    @Autowired
    Bills bills;

    @Autowired
    Roster roster;

    @Autowired
    Lawbook lawbook;

    @Autowired
    BusinessClock clock;

    @Autowired
    CoreSlice.Wire wire;

    @Autowired
    CoreSlice.Heard heard;

    @Autowired
    Bank bank;

    @Autowired
    TransactionTemplate transaction;

    private String association = "";
    private long member;
    private Bill bill = BILL;

    private static final Bill BILL = new Bill(
            0,
            0,
            2025,
            io.homeroom.dues.BillKind.ANNUAL,
            Money.ZERO,
            Money.ZERO,
            null,
            BillState.OPEN,
            null,
            "",
            List.of(),
            2025,
            LocalDate.EPOCH,
            null);

    @BeforeEach
    void aMemberWithABill() {
        association = "t" + UUID.randomUUID().toString().substring(0, 8);
        lawbook.only(association, ShippedRulebook.of("whjx"));
        clock.restart(LocalDateTime.of(2025, 1, 6, 12, 0));
        Member entered = here(() -> roster.enter(NewMember.draft("甲公司", Kind.UNIT, "会员")
                .joined(LocalDate.of(2020, 3, 1))
                .paidThrough(LocalDate.of(2024, 12, 31))
                .done()));
        member = entered.id();
        bill = here(() -> bills.of(member)).get(0);
        bank.reachable = true;
        bank.objection = null;
        bank.calls.clear();
        heard.forget();
    }

    private <T> T here(Supplier<T> work) {
        return Tenant.in(association, work);
    }

    private Order open(Channel channel, @Nullable String openid) {
        return here(() -> orders.open(member, Set.of(bill.id()), bill.amount(), channel, openid))
                .get();
    }

    private PaidNotice notice(Order order) {
        return new PaidNotice(
                order.outTradeNo(),
                "4200" + order.id(),
                order.amount(),
                "CNY",
                APP,
                MCH,
                "oA",
                order.createdAt().plusSeconds(5));
    }

    private Outcome<Order> paid(PaidNotice notice) {
        return here(() -> orders.paid(notice));
    }

    private void tend() {
        Tenant.run(association, () -> orders.tend(wire.instant()));
    }

    private OrderState state(Order order) {
        return here(() -> orders.byNumber(order.outTradeNo())).orElseThrow().state();
    }

    private Money owed() {
        return here(() -> bills.owed(member));
    }

    private List<Payment> payments() {
        return here(() -> till.of(member));
    }

    private void payCash() {
        here(() -> till.receive(member, bill.amount(), Method.CASH, clock.instant(), null, "会费", null, "t"))
                .get();
    }

    @Test
    @DisplayName("下单得到支付凭据；同一笔再点仍是同一订单，换一种方式是另一订单")
    void theSameWishMeetsTheSameOrder() {
        Order first = open(Channel.JSAPI, "oA");

        assertThat(first.state()).isEqualTo(OrderState.PAYING);
        assertThat(first.prepayId()).isEqualTo("prepay-" + first.outTradeNo());
        assertThat(first.outTradeNo()).matches("[0-9A-Za-z]{6,32}");
        assertThat(open(Channel.JSAPI, "oA")).isEqualTo(first);
        assertThat(open(Channel.JSAPI, "oB").outTradeNo()).isNotEqualTo(first.outTradeNo());
        Order scanned = open(Channel.NATIVE, null);
        assertThat(scanned.codeUrl()).startsWith("weixin://");
        assertThat(bank.calls).containsExactly("place", "place", "place");
    }

    @Test
    @DisplayName("金额与账单不符、账单已结清、规则不许，都不下单")
    void ordersThatMakeNoSenseAreRefused() {
        Outcome<Order> wrong =
                here(() -> orders.open(member, Set.of(bill.id()), Money.ofYuan(1), Channel.NATIVE, null));
        assertThat(((Outcome.Refused<Order>) wrong).refusal().reason()).contains("¥8,000.00");

        bank.objection = new Refusal("名额已满。", "IGRS-14");
        Outcome<Order> objected =
                here(() -> orders.open(member, Set.of(bill.id()), bill.amount(), Channel.NATIVE, null));
        assertThat(((Outcome.Refused<Order>) objected).refusal().clauses()).containsExactly("IGRS-14");
        bank.objection = null;

        payCash();
        Outcome<Order> settled =
                here(() -> orders.open(member, Set.of(bill.id()), bill.amount(), Channel.NATIVE, null));
        assertThat(((Outcome.Refused<Order>) settled).refusal().reason()).contains("已结清");
        assertThat(bank.calls).isEmpty();
        assertThatThrownBy(() -> here(() -> transaction.execute(status -> open(Channel.NATIVE, null))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("付款通知入账一次，重复通知同样答复而无别的作用")
    void aNotificationIsBookedOnce() {
        Order order = open(Channel.JSAPI, "oA");

        Outcome<Order> first = paid(notice(order));
        Outcome<Order> second = paid(notice(order));

        assertThat(first.get().state()).isEqualTo(OrderState.PAID);
        assertThat(second.get()).isEqualTo(first.get());
        assertThat(owed()).isEqualTo(Money.ZERO);
        assertThat(payments()).singleElement().satisfies(payment -> {
            assertThat(payment.method()).isEqualTo(Method.WECHAT);
            assertThat(payment.order()).isEqualTo(order.outTradeNo());
            assertThat(payment.externalId()).isEqualTo(notice(order).transactionId());
            assertThat(payment.receivedOn()).isEqualTo(clock.today());
        });
        assertThat(heard.of(PaymentSettled.class)).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("不符的通知不改变任何东西，只提醒财务一次")
    @CsvSource({"amount", "currency", "appid", "mchid", "order"})
    void misfitsChangeNothingAndAlertOnce(String what) {
        Order order = open(Channel.JSAPI, "oA");
        PaidNotice right = notice(order);
        PaidNotice wrong = new PaidNotice(
                what.equals("order") ? "H" + order.id() + "unknown" : right.outTradeNo(),
                right.transactionId(),
                what.equals("amount") ? Money.ofYuan(1) : right.amount(),
                what.equals("currency") ? "USD" : "CNY",
                what.equals("appid") ? "wxother" : APP,
                what.equals("mchid") ? "1" : MCH,
                "oA",
                right.paidAt());

        assertThat(paid(wrong).isDone()).isFalse();
        assertThat(paid(wrong).isDone()).isFalse();

        assertThat(heard.of(MoneyAlert.class)).hasSize(1);
        assertThat(owed()).isEqualTo(bill.amount());
        assertThat(payments()).isEmpty();
        assertThat(state(order)).isEqualTo(OrderState.PAYING);
        assertThat(paid(right).isDone()).isTrue();
    }

    @Test
    @DisplayName("缴费日按业务时钟算：沙盒里拨快了的日子，付款算在那一天")
    void thePaymentCountsOnTheBusinessDay() {
        clock.restart(LocalDateTime.of(2025, 7, 1, 9, 0));
        Order order = open(Channel.JSAPI, "oA");

        paid(notice(order)).get();

        assertThat(here(() -> bills.of(member)).get(0).paidOn()).isEqualTo("2025-07-01");
    }

    @Test
    @DisplayName("另一协会收到的通知找不到这张订单")
    void anotherAssociationDoesNotKnowTheOrder() {
        Order order = open(Channel.JSAPI, "oA");
        String other = association + "x";

        assertThat(Tenant.in(other, () -> orders.paid(notice(order))).isDone()).isFalse();
        assertThat(Tenant.in(other, () -> orders.byNumber(order.outTradeNo()))).isEmpty();
        assertThat(Tenant.in(other, () -> till.of(member))).isEmpty();
        assertThat(Tenant.in(other, () -> orders.toQuery(wire.instant().plus(Duration.ofDays(1)))))
                .isEmpty();
        assertThat(state(order)).isEqualTo(OrderState.PAYING);
    }

    @Test
    @DisplayName("通知没来，一分钟内查单得知已付")
    void aMissingNotificationIsFoundByQuery() {
        Order order = open(Channel.JSAPI, "oA");
        bank.orders.put(order.outTradeNo(), Gateway.TradeState.SUCCESS);
        bank.paid.put(order.outTradeNo(), notice(order));

        tend();
        assertThat(bank.calls).containsExactly("place");
        wire.pass(Duration.ofSeconds(59));
        tend();

        assertThat(state(order)).isEqualTo(OrderState.PAID);
        assertThat(owed()).isEqualTo(Money.ZERO);
        assertThat(paid(notice(order)).isDone()).isTrue();
        assertThat(payments()).hasSize(1);
    }

    @Test
    @DisplayName("查单间隔越来越长；两小时后关单作废")
    void queriesGrowRarerUntilTheOrderRunsOut() {
        Order order = open(Channel.JSAPI, "oA");
        List<Long> asked = new ArrayList<>();
        Instant opened = wire.instant();
        for (int i = 0; i < 60 * 13 && state(order).isOpen(); i++) {
            wire.pass(Duration.ofSeconds(10));
            int before = bank.calls.size();
            tend();
            if (bank.calls.size() > before) {
                asked.add(Duration.between(opened, wire.instant()).toSeconds());
            }
        }

        assertThat(asked.get(0)).isLessThanOrEqualTo(60);
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < asked.size() - 1; i++) {
            waits.add(asked.get(i) - asked.get(i - 1));
        }
        assertThat(waits).isSorted();
        assertThat(asked.get(asked.size() - 1)).isEqualTo(7200);
        assertThat(state(order)).isEqualTo(OrderState.EXPIRED);
        assertThat(bank.orders).containsEntry(order.outTradeNo(), Gateway.TradeState.CLOSED);
        assertThat(open(Channel.JSAPI, "oA").outTradeNo()).isNotEqualTo(order.outTradeNo());
    }

    @Test
    @DisplayName("账单另行结清即关闭未付订单；钱还是来了，原路退一次")
    void moneyForASettledBillGoesBackOnce() {
        Order order = open(Channel.JSAPI, "oA");
        payCash();
        assertThat(state(order)).isEqualTo(OrderState.CLOSING);
        bank.orders.put(order.outTradeNo(), Gateway.TradeState.SUCCESS);
        bank.paid.put(order.outTradeNo(), notice(order));

        tend();
        paid(notice(order)).get();
        tend();
        wire.pass(Duration.ofMinutes(10));
        tend();

        assertThat(owed()).isEqualTo(Money.ZERO);
        assertThat(payments()).extracting(Payment::state).containsExactly(PayState.SETTLED, PayState.REFUNDING);
        Refund refund = here(() -> till.refunds(member)).get(0);
        assertThat(refund.amount()).isEqualTo(bill.amount());
        assertThat(bank.calls.stream().filter(call -> call.startsWith("refund")))
                .containsExactly("refund " + refund.outRefundNo());

        bank.refunds.put(refund.outRefundNo(), Gateway.BackState.SUCCESS);
        wire.pass(Duration.ofHours(1));
        tend();
        here(() -> orders.refunded(
                refund.outRefundNo(), new Gateway.RefundResult(Gateway.BackState.SUCCESS, "gw1", wire.instant())));
        assertThat(payments()).extracting(Payment::state).containsExactly(PayState.SETTLED, PayState.REFUNDED);
        assertThat(here(() -> till.refunded(member))).isEqualTo(bill.amount());
        assertThat(heard.of(RefundDone.class)).hasSize(1);
    }

    @Test
    @DisplayName("账单另行结清而无人再付，订单在微信一侧关闭")
    void anOrderOfASettledBillIsClosedAtTheGateway() {
        Order order = open(Channel.NATIVE, null);
        payCash();
        bank.reachable = false;
        tend();
        assertThat(state(order)).isEqualTo(OrderState.CLOSING);

        bank.reachable = true;
        wire.pass(Duration.ofMinutes(5));
        tend();

        assertThat(state(order)).isEqualTo(OrderState.CLOSED);
        assertThat(bank.orders).containsEntry(order.outTradeNo(), Gateway.TradeState.CLOSED);
    }

    @Test
    @DisplayName("部分缴纳后旧订单作废，仍有人按旧单付款的，余款留作余额")
    void aPartPaymentMakesTheOrderStale() {
        Order order = open(Channel.JSAPI, "oA");
        here(() -> till.receive(member, Money.ofYuan(3000), Method.CASH, clock.instant(), null, "会费", null, "t"))
                .get();
        assertThat(state(order)).isEqualTo(OrderState.CLOSING);

        paid(notice(order)).get();

        assertThat(state(order)).isEqualTo(OrderState.PAID);
        assertThat(owed()).isEqualTo(Money.ofYuan(-3000));
    }

    @Test
    @DisplayName("规则不许入账的微信付款退回，只退一次")
    void aRefusedPaymentOfAnOrderGoesBack() {
        Order order = open(Channel.JSAPI, "oA");
        bank.objection = new Refusal("名额已满。", "IGRS-14");

        paid(notice(order)).get();
        paid(notice(order)).get();

        assertThat(payments()).extracting(Payment::state).containsExactly(PayState.REFUSED);
        assertThat(here(() -> till.refunds(member))).singleElement().satisfies(refund -> {
            assertThat(refund.clauses()).containsExactly("IGRS-14");
            assertThat(refund.outTradeNo()).isEqualTo(order.outTradeNo());
            assertThat(refund.byHand()).isFalse();
        });
        assertThat(owed()).isEqualTo(bill.amount());
    }

    @Test
    @DisplayName("微信退款失败，用同一退款单号重试；微信说不行的转人工")
    void refundsAreRetriedWithTheSameNumber() {
        Order order = open(Channel.JSAPI, "oA");
        payCash();
        paid(notice(order)).get();
        bank.reachable = false;
        tend();
        bank.reachable = true;
        wire.pass(Duration.ofMinutes(2));
        tend();
        Refund refund = here(() -> till.refunds(member)).get(0);
        assertThat(bank.calls.stream().filter(call -> call.startsWith("refund")).distinct())
                .containsExactly("refund " + refund.outRefundNo());
        assertThat(refund.state()).isEqualTo(RefundState.REQUESTED);

        here(() -> orders.refunded(
                refund.outRefundNo(), new Gateway.RefundResult(Gateway.BackState.ABNORMAL, "gw1", null)));

        Refund failed = here(() -> till.refund(refund.id())).orElseThrow();
        assertThat(failed.byHand()).isTrue();
        assertThat(heard.of(MoneyAlert.class)).hasSize(1);
        Tenant.run(association, () -> till.refundDone(refund.id(), wire.instant(), "财务"));
        assertThat(payments().get(1).state()).isEqualTo(PayState.REFUNDED);
    }

    @Test
    @DisplayName("下单没有回应：请稍后再试；再点仍用原订单号；从未到达微信的，稍后作废")
    void aLostAnswerIsMended() {
        bank.reachable = false;
        Outcome<Order> lost = here(() -> orders.open(member, Set.of(bill.id()), bill.amount(), Channel.JSAPI, "oA"));
        assertThat(lost.isDone()).isFalse();
        Order reserved = here(() -> orders.of(member)).get(0);
        assertThat(reserved.state()).isEqualTo(OrderState.CREATED);

        bank.reachable = true;
        assertThat(open(Channel.JSAPI, "oA").outTradeNo()).isEqualTo(reserved.outTradeNo());

        bank.reachable = false;
        Outcome<Order> again = here(() -> orders.open(member, Set.of(bill.id()), bill.amount(), Channel.NATIVE, null));
        assertThat(again.isDone()).isFalse();
        bank.reachable = true;
        wire.pass(Duration.ofMinutes(4));
        tend();
        assertThat(here(() -> orders.of(member)))
                .extracting(Order::state)
                .containsExactly(OrderState.PAYING, OrderState.CLOSED);
    }

    @Test
    @DisplayName("几个节点同时收到同一通知，只入账一次；几人同时下同一单，只有一个订单")
    void nodesRaceAndTheEffectIsOne() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Order> opened = race(nodes, () -> open(Channel.JSAPI, "oA"));
            assertThat(opened)
                    .extracting(Order::outTradeNo)
                    .containsOnly(opened.get(0).outTradeNo());

            List<Outcome<Order>> told = race(nodes, () -> paid(notice(opened.get(0))));
            assertThat(told).allMatch(Outcome::isDone);
        } finally {
            nodes.shutdownNow();
        }
        assertThat(payments()).hasSize(1);
        assertThat(owed()).isEqualTo(Money.ZERO);
        assertThat(here(() -> till.refunds(member))).isEmpty();
    }

    private static <T> List<T> race(ExecutorService nodes, Callable<T> work) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<T>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Callable<T> runner = () -> {
                go.await();
                return work.call();
            };
            all.add(nodes.submit(runner));
        }
        go.countDown();
        List<T> results = new ArrayList<>();
        for (Future<T> one : all) {
            results.add(one.get());
        }
        return results;
    }

    @Test
    @DisplayName("已安排退回的款项，不再核对入账，也不冲销")
    void promisedMoneyIsNotBookedAnymore() {
        Payment payment = here(() ->
                        till.receive(member, Money.ofYuan(9000), Method.CASH, clock.instant(), null, "会费", null, "t"))
                .get();
        here(() -> till.refund(member, payment.id(), Money.ofYuan(1000), "多缴退回", List.of()));

        assertThat(here(() -> till.reverse(payment.id(), "t")).isDone()).isFalse();
        assertThat(here(() -> till.find(payment.id())).map(Payment::state)).contains(PayState.SETTLED);
    }

    @Test
    @DisplayName("退款不超过所收；余额可退，账单上的钱不可退")
    void onlyWhatIsLeftCanGoBack() {
        Payment payment = here(() ->
                        till.receive(member, Money.ofYuan(9000), Method.CASH, clock.instant(), null, "会费", null, "t"))
                .get();

        assertThatThrownBy(() -> here(() -> till.refund(member, payment.id(), Money.ofYuan(1001), "多缴退回", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        Refund refund = here(() -> till.refund(member, payment.id(), Money.ofYuan(1000), "多缴退回", List.of()));

        assertThat(refund.byHand()).isTrue();
        assertThat(owed()).isEqualTo(Money.ZERO);
        assertThatThrownBy(() -> here(() -> till.refund(member, payment.id(), Money.ofYuan(1), "再退", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
