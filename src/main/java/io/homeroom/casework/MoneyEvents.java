package io.homeroom.casework;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskDone;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillPaid;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Money;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.MoneyAlert;
import io.homeroom.till.PaymentRefused;
import io.homeroom.till.PaymentSettled;
import io.homeroom.till.PaymentUnmatched;
import io.homeroom.till.Till;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What money that came or did not come asks of people: receipts, matching, refunds, waivers for employees. */
@Component
@Transactional
class MoneyEvents {

    private static final String PAYMENT = "payment";

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Till till;
    private final Tasks tasks;
    private final Consequences consequences;
    private final ApplicationEventPublisher events;

    MoneyEvents(
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Bills bills,
            Till till,
            Tasks tasks,
            Consequences consequences,
            ApplicationEventPublisher events) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.till = till;
        this.tasks = tasks;
        this.consequences = consequences;
        this.events = events;
    }

    @EventListener
    void settled(PaymentSettled event) {
        Fees fees = law.of(clock.today()).fees();
        TaskRule receipt = fees == null ? null : fees.receipt();
        long member = event.payment().memberId();
        if (receipt != null) {
            Member payer = roster.get(member);
            tasks.open(NewTask.of(receipt.what(), consequences.addressee(receipt.to(), payer), "开具会费票据：" + payer.name())
                    .about(member)
                    .worth(event.payment().amount())
                    .cites(receipt.cite())
                    .with(Map.of("documents", String.join(" ", receipt.documents())))
                    .once("receipt:" + event.payment().id()));
        }
        events.publishEvent(
                Tell.of("member", member, PAYMENT, "已收到" + event.payment().amount() + "，谢谢。票据由财务开具后发给你")
                        .cites(fees == null ? List.of() : fees.cite())
                        .once("paid:" + event.payment().id()));
    }

    @EventListener
    void unmatched(PaymentUnmatched event) {
        Rulebook rules = law.of(clock.today());
        Member member = roster.get(event.payment().memberId());
        tasks.open(NewTask.of("match-payment", rules.offices().get(0), "认领到账款项：" + member.name() + "，附言没有注明会费")
                .about(member.id())
                .worth(event.payment().amount())
                .cites(event.clauses())
                .with(Map.of(PAYMENT, String.valueOf(event.payment().id())))
                .once("match:" + event.payment().id()));
    }

    @EventListener
    void refused(PaymentRefused event) {
        Rulebook rules = law.of(clock.today());
        events.publishEvent(Tell.of(
                        rules.offices().get(0),
                        event.payment().memberId(),
                        PAYMENT,
                        "一笔款项不能入账，须退回：" + event.refusal().reason())
                .cites(event.refusal().clauses())
                .once("refused:" + event.payment().id()));
    }

    @EventListener
    void alarm(MoneyAlert event) {
        events.publishEvent(Tell.of(law.of(clock.today()).offices().get(0), null, "money-" + event.kind(), event.text())
                .urgency(Tell.Urgency.NOW));
    }

    /** The unit has paid the year: its people need not, and what they paid goes back (BACCA-9-b). */
    @EventListener
    void unitPaid(BillPaid event) {
        Rulebook rules = law.of(clock.today());
        Fees fees = rules.fees();
        Bill bill = event.bill();
        int year = clock.today().getYear();
        if (fees == null || fees.waiver().isEmpty() || bill.year() > year || bill.throughYear() < year) {
            return;
        }
        Member unit = roster.get(bill.memberId());
        if (unit.kind() != Kind.UNIT) {
            return;
        }
        for (Member person : roster.employees(unit.id())) {
            if (!person.belongs()) {
                continue;
            }
            Money back = bills.waive(person.id(), year, fees.waiver(), "所在单位已交" + year + "年度会费");
            List<Act> acts = rules.on().getOrDefault("unit-paid", List.of()).stream()
                    .filter(act -> act.task() == null || back.isPositive())
                    .toList();
            consequences.carryOut(
                    acts,
                    new Context(
                            person.id(),
                            null,
                            null,
                            "unit-paid:" + person.id() + ":" + year,
                            fees.waiver(),
                            Map.of("amountFen", String.valueOf(back.fen())),
                            "system"));
        }
    }

    @EventListener
    void done(TaskDone event) {
        Task task = event.task();
        String payment = task.data().get(PAYMENT);
        if (task.what().equals("match-payment") && payment != null) {
            till.matched(Long.parseLong(payment), event.by());
        }
        Long member = task.memberId();
        if (task.what().equals("refund") && member != null) {
            till.refunds(member).stream()
                    .filter(refund -> refund.byHand() && refund.doneAt() == null)
                    .findFirst()
                    .ifPresent(refund -> till.refundDone(refund.id(), clock.instant(), event.by()));
        }
    }
}
