package io.homeroom.dues;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeroom.CoreSlice;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.testing.ShippedRulebook;
import io.homeroom.till.Method;
import io.homeroom.till.MoneyAlert;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@Tag("mysql")
@SpringBootTest(classes = CoreSlice.MoneyRooms.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
@Import(DuesTest.Council.class)
@DisplayName("会费")
class DuesTest {

    /** Until when the council is in office, by association. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Council {
        static final Map<String, LocalDate> ENDS = new HashMap<>();

        @Bean
        TermEnd termEnd() {
            return body -> Optional.ofNullable(ENDS.get(Tenant.current()));
        }
    }

    @Autowired
    Roster roster;

    @Autowired
    Bills bills;

    @Autowired
    Adjustments adjustments;

    @Autowired
    DuesDuty duty;

    @Autowired
    Till till;

    @Autowired
    Tasks tasks;

    @Autowired
    Staff staff;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Lawbook lawbook;

    @Autowired
    BusinessClock clock;

    @Autowired
    CoreSlice.Heard heard;

    private String association = "";

    @BeforeEach
    void enterAnAssociationOfItsOwn() {
        association = "t" + UUID.randomUUID().toString().substring(0, 8);
        heard.forget();
    }

    private void under(String code, Map<String, Integer> fees, String... set) {
        Map<String, Money> yearly = new HashMap<>();
        fees.forEach((grade, yuan) -> yearly.put(grade, Money.ofYuan(yuan.longValue())));
        Map<String, String> readings = new HashMap<>();
        for (int i = 0; i < set.length; i += 2) {
            readings.put(set[i], set[i + 1]);
        }
        lawbook.only(association, Lawbook.withSettings(ShippedRulebook.of(code), yearly, readings));
    }

    private <T> T here(Supplier<T> work) {
        return Tenant.in(association, work);
    }

    private void on(String day) {
        LocalDate date = LocalDate.parse(day);
        clock.restart(date.atTime(LocalTime.NOON));
        Tenant.run(association, () -> duty.run(date));
    }

    private Member enter(NewMember.Draft draft) {
        return here(() -> roster.enter(draft.done()));
    }

    private static NewMember.Draft unit(String grade, String paidThrough) {
        return NewMember.draft("甲公司", Kind.UNIT, grade)
                .joined(LocalDate.of(2020, 3, 1))
                .number(true)
                .paidThrough(LocalDate.parse(paidThrough));
    }

    private Outcome<Payment> pay(Member member, double yuan) {
        return pay(member, yuan, Method.WECHAT, "会费", null);
    }

    private Outcome<Payment> pay(Member member, double yuan, Method method, String memo, @Nullable String forWhat) {
        return here(() -> till.receive(member.id(), yuan(yuan), method, clock.instant(), null, memo, forWhat, "t"));
    }

    private static Money yuan(double yuan) {
        return new Money(Math.round(yuan * 100));
    }

    private Money owed(Member member) {
        return here(() -> bills.owed(member.id()));
    }

    private List<Bill> billsOf(Member member) {
        return here(() -> bills.of(member.id()));
    }

    private boolean overdue(Member member) {
        return here(() -> bills.overdue(member.id(), clock.today()));
    }

    private Optional<LocalDate> paidThrough(Member member) {
        return here(() -> bills.paidThrough(member.id()));
    }

    private List<Task> tasks(Member member, String what) {
        return here(() -> tasks.open(member.id())).stream()
                .filter(task -> task.what().equals(what))
                .toList();
    }

    private static Refusal refusal(Outcome<?> outcome) {
        assertThat(outcome.isDone()).isFalse();
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    @Test
    @DisplayName("与钱有关的异常：每位财务在企业微信里马上知道一次；没有财务在企业微信里，秘书处的群知道")
    void finance_is_alerted() {
        MoneyAlert wrong = new MoneyAlert("amount", "订单 HR1 应付 ¥8,000.00，通知为 ¥80.00，未入账。");
        here(() -> {
            events.publishEvent(wrong);
            return true;
        });
        assertThat(heard.of(Tell.class)).singleElement().satisfies(tell -> {
            assertThat(tell.to()).isEqualTo("财务");
            assertThat(tell.urgency()).isEqualTo(Tell.Urgency.NOW);
        });
        heard.forget();
        List<String> keepers = here(() -> Stream.of("li", "wu")
                .map(name -> staff.add(
                                new NewStaff(name, name, null, name, null, Set.of(Role.FINANCE), Set.of()), "test")
                        .get()
                        .address())
                .toList());
        here(() -> staff.add(NewStaff.teacher("zhou", "zhou", "zhou", null), "test"));
        here(() -> {
            events.publishEvent(wrong);
            return true;
        });
        assertThat(heard.of(Tell.class)).extracting(Tell::to).containsExactlyInAnyOrderElementsOf(keepers);
        assertThat(heard.of(Tell.class)).extracting(Tell::text).containsOnly(wrong.text());
    }

    @Nested
    @DisplayName("每年开账")
    class Assessing {

        @Test
        @DisplayName("一月一日给每位会员开当年账单，再跑一次不重复，另一协会没有")
        void eachMemberGetsOneBillAYear() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2025-06-01");
            Member member = enter(unit("会员", "2025-12-31"));
            Member applicant = here(() -> roster.enter(NewMember.applicant("乙公司", Kind.UNIT, "会员")));

            on("2026-01-01");
            on("2026-01-01");

            assertThat(billsOf(member)).singleElement().satisfies(bill -> {
                assertThat(bill.year()).isEqualTo(2026);
                assertThat(bill.kind()).isEqualTo(BillKind.ANNUAL);
                assertThat(bill.amount()).isEqualTo(yuan(8000));
                assertThat(bill.dueOn()).isEqualTo("2026-03-31");
                assertThat(bill.clauses()).containsExactly("WHJX-5-5");
                assertThat(bill.why()).contains("2026年会费", "¥8,000.00", "第五条");
            });
            assertThat(billsOf(applicant)).isEmpty();
            assertThat(here(() -> roster.due(clock.today(), null, 10)))
                    .extracting(Roster.Due::member)
                    .contains(member.id());
            assertThat(heard.of(BillRaised.class)).hasSize(1);
            String other = association + "x";
            assertThat(Tenant.in(other, () -> bills.of(member.id()))).isEmpty();
            assertThat(Tenant.in(other, () -> bills.owed(member.id()))).isEqualTo(Money.ZERO);
        }

        @Test
        @DisplayName("停机错过一月一日，补跑时账单仍算在那一天，会员从那天起待查")
        void aMissedFirstOfJanuaryIsMadeUpFor() {
            under("whjx", Map.of("会员", 8000));
            on("2025-06-01");
            Member member = enter(unit("会员", "2025-12-31"));
            Tenant.run(association, () -> roster.reviewed(member.id(), null));
            clock.restart(LocalDate.of(2026, 4, 5).atTime(LocalTime.NOON));

            Tenant.run(association, () -> duty.run(LocalDate.of(2026, 1, 1)));

            assertThat(billsOf(member).get(0).raisedOn()).isEqualTo("2026-01-01");
            assertThat(here(() -> roster.due(LocalDate.of(2026, 1, 1), null, 10)))
                    .extracting(Roster.Due::member)
                    .containsExactly(member.id());
        }

        @Test
        @DisplayName("登记时补开欠缴各年的账单，只发一条汇总通知；截止日当天不算逾期，次日逾期")
        void earlierYearsAreBilledAtEntry() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2026-03-31");

            Member member = enter(unit("会员", "2024-12-31"));

            assertThat(billsOf(member)).extracting(Bill::year).containsExactly(2025, 2026);
            assertThat(owed(member)).isEqualTo(yuan(16000));
            assertThat(here(() -> bills.find(billsOf(member).get(1).id())
                            .orElseThrow()
                            .overdue(clock.today())))
                    .isFalse();
            assertThat(overdue(member)).isTrue();
            assertThat(paidThrough(member)).contains(LocalDate.of(2024, 12, 31));
            assertThat(heard.of(Tell.class)).hasSize(1);
            on("2026-04-01");
            assertThat(billsOf(member).get(1).overdue(clock.today())).isTrue();
        }

        @Test
        @DisplayName("没有写明缴过会费的，从入会那年起开账；首年无截止日")
        void withoutKnownPaymentsEveryYearIsBilled() {
            under("igrs", Map.of("观察会员", 5000), "fee-due", "04-30");
            on("2026-05-06");

            Member member = enter(NewMember.draft("甲公司", Kind.UNIT, "观察会员").joined(LocalDate.of(2024, 6, 25)));

            assertThat(billsOf(member)).extracting(Bill::year).containsExactly(2024, 2025, 2026);
            assertThat(billsOf(member))
                    .extracting(Bill::dueOn)
                    .containsExactly(null, LocalDate.of(2025, 4, 30), LocalDate.of(2026, 4, 30));
            assertThat(paidThrough(member)).isEmpty();
        }

        @Test
        @DisplayName("已退会的只开到退会那年")
        void formerMembersAreBilledToTheYearTheyLeft() {
            under("whjx", Map.of("会员", 8000));
            on("2026-05-06");

            Member gone = enter(unit("会员", "2022-12-31")
                    .ended(LocalDate.of(2024, 5, 1), io.homeroom.member.EndedAs.DEEMED_WITHDRAWN, null));
            on("2027-01-01");

            assertThat(billsOf(gone)).extracting(Bill::year).containsExactly(2023, 2024);
        }

        @Test
        @DisplayName("【AII】没有会费：不开账单，交来的钱不入账")
        void associationsWithoutFeesNeverBill() {
            under("aii", Map.of());
            on("2025-06-01");
            Member member = enter(NewMember.draft("甲公司", Kind.UNIT, "普通会员单位").joined(LocalDate.of(2020, 3, 1)));
            on("2026-01-01");

            assertThat(billsOf(member)).isEmpty();
            assertThat(refusal(pay(member, 1000)).clauses()).containsExactly("AII-FEE");
            assertThat(owed(member)).isEqualTo(Money.ZERO);
            assertThat(here(() -> till.of(member.id())))
                    .extracting(Payment::state)
                    .containsExactly(PayState.REFUSED);
            assertThat(here(() -> bills.mayPay(member.id()))).isEmpty();
            assertThat(tasks(member, "refund")).isEmpty();
        }

        @Test
        @DisplayName("【京二协】没有会员号的不在一月一日开账")
        void withoutNumberNoBill() {
            under("bacca", Map.of("会员单位", 6000));
            on("2025-06-01");
            Member member = enter(unit("会员单位", "2025-12-31").number(false));

            on("2026-01-01");

            assertThat(billsOf(member)).isEmpty();
        }

        @Test
        @DisplayName("新标准只用于其后开出的账单")
        void aNewStandardHoldsForBillsMadeAfterIt() {
            under("bacca", Map.of("会员单位", 6000));
            on("2025-06-01");
            Member member = enter(unit("会员单位", "2024-12-31"));
            under("bacca", Map.of("会员单位", 8000));

            on("2026-01-01");

            assertThat(billsOf(member)).extracting(Bill::amount).containsExactly(yuan(6000), yuan(8000));
        }
    }

    @Nested
    @DisplayName("缴费入账")
    class Paying {

        @Test
        @DisplayName("先抵最早的账单，部分缴纳仍欠，多出的留作余额并抵下一年")
        void oldestFirstAndTheRestIsCredit() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2026-02-10");
            Member member = enter(unit("会员", "2024-12-31"));

            pay(member, 10000).get();
            assertThat(billsOf(member)).extracting(Bill::owed).containsExactly(Money.ZERO, yuan(6000));
            assertThat(paidThrough(member)).contains(LocalDate.of(2025, 12, 31));
            assertThat(billsOf(member).get(0).paidOn()).isEqualTo("2026-02-10");
            assertThat(billsOf(member).get(0).paidInTime()).isFalse();

            pay(member, 9000, Method.CASH, "", null).get();
            assertThat(owed(member)).isEqualTo(yuan(-3000));
            assertThat(heard.of(AllPaid.class)).hasSize(1);
            assertThat(heard.of(BillPaid.class))
                    .extracting(paid -> paid.bill().year())
                    .containsExactly(2025, 2026);

            on("2027-01-01");
            assertThat(owed(member)).isEqualTo(yuan(5000));
            assertThat(billsOf(member).get(2).amount()).isEqualTo(yuan(8000));
        }

        @Test
        @DisplayName("指明年度的先抵该年度")
        void aStatedYearComesFirst() {
            under("whjx", Map.of("会员", 8000));
            on("2026-02-10");
            Member member = enter(unit("会员", "2024-12-31"));

            pay(member, 9000, Method.CASH, "会费", "2026").get();

            assertThat(billsOf(member)).extracting(Bill::owed).containsExactly(yuan(7000), Money.ZERO);
        }

        @Test
        @DisplayName("【XDOC-5】最后一日 23:59 到账算当天，按上海时间")
        void theDayEndsInShanghai() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2026-04-01");
            Member member = enter(unit("会员", "2025-12-31"));

            here(() -> till.receive(
                            member.id(),
                            yuan(8000),
                            Method.BANK_TRANSFER,
                            Instant.parse("2026-03-31T15:59:59Z"),
                            "B1",
                            "会费",
                            null,
                            "t"))
                    .get();

            assertThat(billsOf(member).get(0).paidOn()).isEqualTo("2026-03-31");
            assertThat(billsOf(member).get(0).paidInTime()).isTrue();
        }

        @Test
        @DisplayName("微信、转账、现金、支票，结果相同")
        void everyMethodHasTheSameEffect() {
            under("bacca", Map.of("会员单位", 6000));
            on("2026-02-10");
            List<List<Object>> results = new ArrayList<>();
            for (Method method : Method.values()) {
                Member member = enter(unit("会员单位", "2025-12-31"));
                Payment payment = pay(member, 6000, method, "会费", null).get();
                results.add(List.of(
                        payment.state(),
                        owed(member),
                        billsOf(member).get(0).state(),
                        paidThrough(member),
                        tasks(member, "receipt").size()));
            }
            assertThat(results).hasSize(4).allMatch(results.get(0)::equals);
            assertThat(results.get(0))
                    .containsExactly(
                            PayState.SETTLED, Money.ZERO, BillState.PAID, Optional.of(LocalDate.of(2026, 12, 31)), 1);
        }

        @Test
        @DisplayName("【京二协第三十二条】未注明会费的汇款待核对，核对后按到账日入账并开票据")
        void remittancesWithoutTheWordWaitForPeople() {
            under("bacca", Map.of("会员单位", 6000));
            on("2025-06-30");
            Member member = enter(unit("会员单位", "2024-12-31"));

            Payment payment =
                    pay(member, 6000, Method.BANK_TRANSFER, "货款", null).get();
            assertThat(payment.state()).isEqualTo(PayState.UNMATCHED);
            assertThat(owed(member)).isEqualTo(yuan(6000));
            assertThat(tasks(member, "receipt")).isEmpty();
            Task match = tasks(member, "match-payment").get(0);
            assertThat(match.clauses()).containsExactly("BACCA-32-b");

            on("2025-07-02");
            here(() -> tasks.done(match.id(), List.of(), "t")).get();

            assertThat(owed(member)).isEqualTo(Money.ZERO);
            assertThat(billsOf(member).get(0).paidOn()).isEqualTo("2025-06-30");
            assertThat(tasks(member, "receipt")).hasSize(1);
        }

        @Test
        @DisplayName("同一流水号只记一次")
        void aRepetitionHasNoFurtherEffect() {
            under("whjx", Map.of("会员", 8000));
            on("2026-02-10");
            Member member = enter(unit("会员", "2025-12-31"));
            Supplier<Outcome<Payment>> once = () ->
                    till.receive(member.id(), yuan(5000), Method.BANK_TRANSFER, clock.instant(), "B7", "会费", null, "t");

            Payment first = here(once).get();
            Payment second = here(once).get();

            assertThat(second).isEqualTo(first);
            assertThat(owed(member)).isEqualTo(yuan(3000));
            assertThat(refusal(here(() -> till.receive(
                                    member.id(), yuan(1), Method.CASH, clock.instant(), "B7", "会费", null, "t")))
                            .reason())
                    .contains("流水号");
        }

        @Test
        @DisplayName("同一时刻的几笔缴费都入账，同号的只算一笔")
        void concurrentPaymentsAllCount() throws Exception {
            under("whjx", Map.of("会员", 8000));
            on("2026-02-10");
            Member member = enter(unit("会员", "2025-12-31"));
            CountDownLatch go = new CountDownLatch(1);
            ExecutorService desk = Executors.newFixedThreadPool(4);
            try {
                List<Future<Outcome<Payment>>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String number = "C" + i / 2;
                    Callable<Outcome<Payment>> payment = () -> {
                        go.await();
                        return here(() -> till.receive(
                                member.id(), yuan(3000), Method.CASH, clock.instant(), number, "会费", null, "t"));
                    };
                    all.add(desk.submit(payment));
                }
                go.countDown();
                for (Future<Outcome<Payment>> one : all) {
                    assertThat(one.get().isDone()).isTrue();
                }
            } finally {
                desk.shutdownNow();
            }
            assertThat(here(() -> till.of(member.id()))).hasSize(4);
            assertThat(owed(member)).isEqualTo(yuan(8000 - 12000));
        }

        @Test
        @DisplayName("退票冲销后账单重新待缴")
        void aBouncedChequeReopensTheBill() {
            under("whjx", Map.of("会员", 8000));
            on("2026-02-10");
            Member member = enter(unit("会员", "2025-12-31"));
            Payment cheque = pay(member, 8000, Method.CHEQUE, "", null).get();

            here(() -> till.reverse(cheque.id(), "t")).get();

            assertThat(owed(member)).isEqualTo(yuan(8000));
            assertThat(billsOf(member).get(0).paidOn()).isNull();
            assertThat(here(() -> till.find(cheque.id())).map(Payment::state)).contains(PayState.REVERSED);
        }

        @Test
        @DisplayName("【文化建信第八条】票据须附照片才能办结")
        void receiptsNeedTheirDocuments() {
            under("whjx", Map.of("会员", 8000));
            on("2026-02-10");
            Member member = enter(unit("会员", "2025-12-31"));
            pay(member, 8000).get();
            Task receipt = tasks(member, "receipt").get(0);

            assertThat(refusal(here(() -> tasks.done(receipt.id(), List.of(), "t")))
                            .clauses())
                    .contains("WHJX-8-4b");
            here(() -> tasks.done(receipt.id(), List.of("照片"), "t")).get();

            assertThat(here(() -> tasks.search(TaskSearch.all())))
                    .filteredOn(task -> task.id() == receipt.id())
                    .allSatisfy(task -> assertThat(task.state()).isEqualTo(Task.State.DONE));
        }
    }

    @Nested
    @DisplayName("首年、升级补差、任期预缴、减免")
    class Special {

        @Test
        @DisplayName("【京二协第三十条】首年按月折算，入会月计入；跨年登记的按全年")
        void firstYearByMonths() {
            under("bacca", Map.of("会员单位", 6000));
            on("2025-06-05");
            Member member = here(() -> roster.enter(NewMember.applicant("乙公司", Kind.UNIT, "会员单位")));

            Bill bill = here(() -> bills.firstYear(member.id(), LocalDate.of(2025, 3, 20), null, 5L))
                    .get();
            Bill again = here(() -> bills.firstYear(member.id(), LocalDate.of(2025, 3, 20), null, 5L))
                    .get();

            assertThat(bill.amount()).isEqualTo(yuan(5000));
            assertThat(bill.why()).contains("10个月", "÷12");
            assertThat(again).isEqualTo(bill);
            on("2026-02-01");
            Member late = here(() -> roster.enter(NewMember.applicant("丙公司", Kind.UNIT, "会员单位")));
            assertThat(here(() -> bills.firstYear(late.id(), LocalDate.of(2025, 11, 3), null, 6L))
                            .get()
                            .amount())
                    .isEqualTo(yuan(6000));
        }

        @Test
        @DisplayName("【闪联第二十一条】补差按剩余月份，每月一日重新计算；补差排在欠费之后")
        void topUpsAreQuotedAnewEachMonth() {
            under("igrs", Map.of("观察会员", 5000, "普通会员", 10000));
            on("2025-07-08");
            Member member = enter(unit("观察会员", "2024-12-31"));

            Bill bill = here(() -> bills.topUp(member.id(), "观察会员", "普通会员", clock.today(), 3L))
                    .orElseThrow();
            assertThat(bill.amount()).isEqualTo(yuan(2500));
            assertThat(here(() -> bills.wouldSettle(member.id(), yuan(5000))))
                    .extracting(Bill::kind)
                    .containsExactly(BillKind.ANNUAL);

            on("2025-08-01");
            assertThat(billsOf(member)).extracting(Bill::amount).containsExactly(yuan(5000), yuan(2083.33));

            pay(member, 5000).get();
            assertThat(heard.of(BillPaid.class))
                    .extracting(paid -> paid.bill().kind())
                    .containsExactly(BillKind.ANNUAL);
            pay(member, 2083.33).get();
            assertThat(heard.of(BillPaid.class)).last().satisfies(paid -> {
                assertThat(paid.bill().kind()).isEqualTo(BillKind.TOP_UP);
                assertThat(paid.bill().caseId()).isEqualTo(3L);
            });
            assertThat(owed(member)).isEqualTo(Money.ZERO);
        }

        @Test
        @DisplayName("【闪联第二十一条】会费不增加的升级没有补差")
        void noTopUpWhereTheFeeDoesNotRise() {
            under("igrs", Map.of("观察会员", 5000, "普通会员", 5000));
            on("2025-07-08");
            Member member = enter(unit("观察会员", "2025-12-31"));

            assertThat(here(() -> bills.topUp(member.id(), "观察会员", "普通会员", clock.today(), 3L)))
                    .isEmpty();
        }

        @Test
        @DisplayName("【京二协第三十一条】理事单位一次交清剩余任期，会员单位可选")
        void directorsPrepayTheTerm() {
            under("bacca", Map.of("会员单位", 6000, "理事单位", 20000));
            Council.ENDS.put(association, LocalDate.of(2027, 12, 31));
            on("2025-12-01");
            Member director = enter(unit("理事单位", "2025-12-31"));
            Member member = enter(unit("会员单位", "2025-12-31"));
            Member other = enter(unit("会员单位", "2025-12-31"));

            on("2026-01-01");

            assertThat(billsOf(director)).singleElement().satisfies(bill -> {
                assertThat(bill.kind()).isEqualTo(BillKind.TERM);
                assertThat(bill.year()).isEqualTo(2026);
                assertThat(bill.amount()).isEqualTo(yuan(40000));
                assertThat(bill.dueOn()).isEqualTo("2026-06-30");
                assertThat(bill.clauses()).contains("BACCA-31-c");
            });
            assertThat(here(() -> bills.mayPay(director.id()))).containsExactly(yuan(40000));
            assertThat(here(() -> bills.mayPay(member.id()))).containsExactly(yuan(6000), yuan(12000));

            on("2026-03-02");
            pay(director, 20000).get();
            pay(member, 12000, Method.WECHAT, "会费", "term").get();
            pay(other, 6000).get();
            assertThat(owed(director)).isEqualTo(yuan(20000));
            assertThat(overdue(director)).isFalse();
            assertThat(paidThrough(member)).contains(LocalDate.of(2027, 12, 31));
            assertThat(paidThrough(other)).contains(LocalDate.of(2026, 12, 31));
            assertThat(here(() -> bills.mayPay(member.id()))).isEmpty();

            on("2027-01-01");
            assertThat(overdue(director)).isTrue();
            assertThat(owed(member)).isEqualTo(Money.ZERO);
            assertThat(owed(other)).isEqualTo(yuan(6000));
        }

        @Test
        @DisplayName("【京二协第三十一条】任期中当选理事单位，补开其后各年")
        void risingMidTermIsBilledForTheRest() {
            under("bacca", Map.of("会员单位", 6000, "理事单位", 20000));
            Council.ENDS.put(association, LocalDate.of(2028, 6, 30));
            on("2026-07-01");
            Member member = enter(unit("会员单位", "2026-12-31"));

            Tenant.run(
                    association,
                    () -> roster.record(
                            member.id(),
                            Entry.of(EntryKind.GRADE, clock.today(), "BACCA-31-c", "理事会")
                                    .with("grade", "理事单位")));

            assertThat(billsOf(member)).singleElement().satisfies(bill -> {
                assertThat(bill.year()).isEqualTo(2027);
                assertThat(bill.throughYear()).isEqualTo(2028);
                assertThat(bill.amount()).isEqualTo(yuan(40000));
            });
        }

        @Test
        @DisplayName("【文化建信第五条】交费后入会申请被否，账单撤回，全额退还")
        void aRefusedApplicantGetsItsMoneyBack() {
            under("whjx", Map.of("会员", 8000));
            on("2025-05-12");
            Member applicant = here(() -> roster.enter(NewMember.applicant("乙公司", Kind.UNIT, "会员")));
            here(() -> bills.firstYear(applicant.id(), clock.today(), null, 5L)).get();
            pay(applicant, 8100).get();

            Tenant.run(
                    association,
                    () -> roster.record(
                            applicant.id(),
                            Entry.of(EntryKind.REJECTED, clock.today(), "WHJX-5-6", "驻会领导")
                                    .by(5L)));

            assertThat(billsOf(applicant)).extracting(Bill::state).containsExactly(BillState.CANCELLED);
            assertThat(owed(applicant)).isEqualTo(Money.ZERO);
            assertThat(tasks(applicant, "refund")).singleElement().satisfies(task -> {
                assertThat(task.amount()).isEqualTo(yuan(8100));
                assertThat(task.clauses()).containsExactly("WHJX-5-5");
            });
        }

        @Test
        @DisplayName("【文化建信第八条】减免后只欠差额，已多缴的转为余额")
        void reductionsLowerTheBill() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2025-01-06");
            Member member = enter(unit("会员", "2024-12-31"));

            Bill bill = here(() -> bills.reduce(member.id(), 2025, yuan(6000), List.of("WHJX-8-5b"), "驻会领导"))
                    .get();

            assertThat(bill.amount()).isEqualTo(yuan(6000));
            assertThat(bill.clauses()).contains("WHJX-8-5b");
            on("2025-04-01");
            pay(member, 5999).get();
            assertThat(owed(member)).isEqualTo(yuan(1));
            assertThat(overdue(member)).isTrue();
            here(() -> bills.reduce(member.id(), 2025, yuan(5000), List.of("WHJX-8-5b"), "驻会领导"))
                    .get();
            assertThat(owed(member)).isEqualTo(yuan(-999));
            assertThat(refusal(here(() -> bills.reduce(member.id(), 2025, yuan(9000), List.of("WHJX-8-5b"), "x")))
                            .clauses())
                    .containsExactly("WHJX-8-5b");
        }

        @Test
        @DisplayName("财务改小账单：已交清的照旧算交清，多交的留作余款，退多少由人定；没有理由、退得太多的不办")
        void whatPeopleDecideIsLoweredAndHandedBack() {
            under("bacca", Map.of("会员单位", 6000));
            on("2025-01-01");
            Member member = enter(unit("会员单位", "2024-12-31"));
            Bill bill = billsOf(member).get(0);
            pay(member, 6000, Method.CASH, "会费", null).get();

            assertThat(refusal(here(() -> adjustments.lower(bill.id(), yuan(2500), " ", "f")))
                            .reason())
                    .contains("为什么");
            assertThat(refusal(here(() -> adjustments.lower(bill.id(), yuan(6000), "少收", "f")))
                            .reason())
                    .contains("¥6,000.00");
            on("2025-08-01");
            Bill less = here(() -> adjustments.lower(bill.id(), yuan(2500), "提前卸任", "f"))
                    .get();
            assertThat(less.state()).isEqualTo(BillState.PAID);
            assertThat(less.paidInTime()).isTrue();
            assertThat(less.why()).contains("提前卸任");
            assertThat(owed(member)).isEqualTo(yuan(-3500));

            assertThat(refusal(here(() -> adjustments.handBack(member.id(), yuan(3500.01), "多交", "f")))
                            .reason())
                    .contains("¥3,500.00");
            here(() -> adjustments.handBack(member.id(), yuan(3000), "多交", "f")).get();
            assertThat(owed(member)).isEqualTo(yuan(-500));
            assertThat(tasks(member, "refund")).hasSize(1);
            assertThat(here(() -> bills.reduce(member.id(), 2025, yuan(2500), List.of(), "x"))
                            .isDone())
                    .isTrue();
        }

        @Test
        @DisplayName("【文化建信第八条】减免须有书面同意的，财务也不能直接改小；没交的改小了就少欠")
        void whereConsentIsAskedForNobodyLowersABillAlone() {
            under("whjx", Map.of("会员", 8000), "fee-due", "03-31");
            on("2025-01-06");
            Member member = enter(unit("会员", "2024-12-31"));
            long bill = billsOf(member).get(0).id();

            assertThat(refusal(here(() -> adjustments.lower(bill, yuan(6000), "困难", "f")))
                            .clauses())
                    .containsExactly("WHJX-8-5b");
            under("igrs", Map.of("观察会员", 5000));
            Member other = enter(unit("观察会员", "2024-12-31"));
            long open = billsOf(other).get(0).id();
            here(() -> adjustments.lower(open, yuan(2000), "困难", "f")).get();
            assertThat(owed(other)).isEqualTo(yuan(2000));
        }

        @Test
        @DisplayName("【京二协第九条】单位缴清当年会费，职工个人会费免收，已缴的退还，再免一次没有作用")
        void aWaivedYearIsNotOwedAndGoesBack() {
            under("bacca", Map.of("会员单位", 6000, "个人会员", 300));
            on("2025-04-09");
            Member unit = enter(unit("会员单位", "2024-12-31"));
            NewMember.Draft person = NewMember.draft("李青", Kind.INDIVIDUAL, "个人会员")
                    .joined(LocalDate.of(2023, 1, 10))
                    .number(true)
                    .employer(unit.id());
            Member before = enter(person.paidThrough(LocalDate.of(2025, 12, 31)));
            Member open = enter(NewMember.draft("王明", Kind.INDIVIDUAL, "个人会员")
                    .joined(LocalDate.of(2023, 1, 10))
                    .number(true)
                    .employer(unit.id())
                    .paidThrough(LocalDate.of(2024, 12, 31)));
            Member paid = enter(NewMember.draft("赵敏", Kind.INDIVIDUAL, "个人会员")
                    .joined(LocalDate.of(2023, 1, 10))
                    .number(true)
                    .employer(unit.id())
                    .paidThrough(LocalDate.of(2024, 12, 31)));
            pay(paid, 300, Method.CASH, "", null).get();
            assertThat(owed(open)).isEqualTo(yuan(300));

            pay(unit, 6000).get();
            here(() -> bills.waive(paid.id(), 2025, List.of("BACCA-9-b"), "所在单位已交会费"));

            assertThat(owed(open)).isEqualTo(Money.ZERO);
            assertThat(tasks(open, "refund")).isEmpty();
            assertThat(tasks(before, "refund")).extracting(Task::amount).containsExactly(yuan(300));
            assertThat(tasks(paid, "refund")).extracting(Task::amount).containsExactly(yuan(300));
            assertThat(owed(paid)).isEqualTo(Money.ZERO);
            here(() -> tasks.done(tasks(paid, "refund").get(0).id(), List.of(), "t"))
                    .get();
            assertThat(here(() -> till.refunded(paid.id()))).isEqualTo(yuan(300));
            assertThat(here(() -> till.of(paid.id())))
                    .extracting(Payment::state)
                    .containsExactly(PayState.REFUNDED);
        }
    }
}
