package io.homeroom.dues;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskDone;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.desk.Undated;
import io.homeroom.ground.Refusal;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import io.homeroom.till.Method;
import io.homeroom.till.MoneyAlert;
import io.homeroom.till.Payment;
import io.homeroom.till.PaymentRefused;
import io.homeroom.till.PaymentSettled;
import io.homeroom.till.PaymentUnmatched;
import io.homeroom.till.Refund;
import io.homeroom.till.RefundDone;
import io.homeroom.till.RefundDue;
import io.homeroom.till.Till;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What people do about money: receipts, remittances to match, refunds by hand; and who is told of what. */
@Component("duesCounter")
class Counter implements io.homeroom.desk.TaskRule {

    private static final String RECEIPT = "receipt";
    private static final String MATCH = "match-payment";
    private static final String REFUND = "refund";
    private static final String PAYMENT_ID = "payment";
    private static final String REFUND_ID = "refund";
    private static final String SECRETARIAT = "秘书处";

    private final Tasks tasks;
    private final Audit audit;
    private final Till till;
    private final Staff staff;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final Undated undated;
    private final ApplicationEventPublisher events;

    Counter(
            Tasks tasks,
            Audit audit,
            Till till,
            Staff staff,
            Lawbook lawbook,
            BusinessClock clock,
            Calendars calendars,
            Undated undated,
            ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.audit = audit;
        this.till = till;
        this.staff = staff;
        this.lawbook = lawbook;
        this.clock = clock;
        this.calendars = calendars;
        this.undated = undated;
        this.events = events;
    }

    private Rulebook book() {
        return lawbook.of(clock.today());
    }

    @EventListener
    void on(PaymentSettled settled) {
        Payment payment = settled.payment();
        if (payment.method() == Method.WECHAT) {
            // What staff record is written down where they do it.
            audit.note(
                    payment.by(),
                    "payment-recorded",
                    payment.memberId(),
                    payment.amount() + "，" + word(payment.method()));
        }
        Fees fees = book().fees();
        if (fees == null) {
            return;
        }
        TaskRule receipt = fees.receipt();
        if (receipt != null) {
            Task opened = tasks.open(NewTask.of(receipt.what(), receipt.to(), "开具会费票据：" + payment.amount())
                    .about(payment.memberId())
                    .due(due(receipt))
                    .worth(payment.amount())
                    .cites(receipt.cite())
                    .with(Map.of(
                            PAYMENT_ID,
                            String.valueOf(payment.id()),
                            "documents",
                            String.join(" ", receipt.documents())))
                    .once(RECEIPT + ":" + payment.id()));
            if (receipt.due() != null && opened.due() == null) {
                undated.note(Undated.Kind.TASK, opened.id(), clock.today(), receipt.due());
            }
        }
        events.publishEvent(Tell.of(
                        "member",
                        payment.memberId(),
                        "payment",
                        "已收到会费 " + payment.amount() + "（" + word(payment.method()) + "），谢谢。")
                .cites(Price.duty(fees))
                // Whoever pays on the phone at night waits for the answer there.
                .urgency(payment.method() == Method.WECHAT ? Tell.Urgency.NOW : Tell.Urgency.DAY)
                .once("payment:" + payment.id())
                .with(Map.of("amountFen", String.valueOf(payment.amount().fen()))));
    }

    private java.time.@Nullable LocalDate due(TaskRule rule) {
        return rule.due() == null
                ? null
                : calendars
                        .lastDayToAct(clock.today(), rule.due(), book().holds("weekends-roll"))
                        .orElse(null);
    }

    private static String word(Method method) {
        return switch (method) {
            case WECHAT -> "微信支付";
            case BANK_TRANSFER -> "银行转账";
            case CASH -> "现金";
            case CHEQUE -> "支票";
        };
    }

    @EventListener
    void on(PaymentUnmatched unmatched) {
        Payment payment = unmatched.payment();
        tasks.open(NewTask.of(MATCH, SECRETARIAT, "核对汇款：附言为“" + payment.memo() + "”，请确认是否为会费")
                .about(payment.memberId())
                .worth(payment.amount())
                .cites(unmatched.clauses())
                .with(Map.of(PAYMENT_ID, String.valueOf(payment.id())))
                .once(MATCH + ":" + payment.id()));
    }

    @EventListener
    void on(PaymentRefused refused) {
        Refusal why = refused.refusal();
        Payment payment = refused.payment();
        String how = payment.order() == null ? "请原路退回。" : "将自动原路退回。";
        events.publishEvent(Tell.of(SECRETARIAT, payment.memberId(), "payment-refused", "一笔缴费未入账：" + why.reason() + how)
                .cites(why.clauses())
                .once("payment-refused:" + payment.id()));
        if (payment.order() != null) {
            events.publishEvent(Tell.of(
                            "member",
                            payment.memberId(),
                            "payment",
                            "这次支付的 " + payment.amount() + " 没有入账：" + why.reason())
                    .cites(why.clauses())
                    .urgency(Tell.Urgency.NOW)
                    .once("payment-refused-member:" + payment.id()));
        }
    }

    @EventListener
    void on(RefundDue due) {
        Refund refund = due.refund();
        if (!refund.byHand()) {
            return;
        }
        tasks.open(NewTask.of(REFUND, SECRETARIAT, "退款 " + refund.amount() + "：" + refund.reason())
                .about(refund.memberId())
                .worth(refund.amount())
                .cites(refund.clauses())
                .with(Map.of(REFUND_ID, String.valueOf(refund.id())))
                .once(REFUND + ":" + refund.id()));
    }

    @EventListener
    void on(RefundDone done) {
        Refund refund = done.refund();
        events.publishEvent(
                Tell.of("member", refund.memberId(), "payment", "已退回 " + refund.amount() + "：" + refund.reason())
                        .cites(refund.clauses())
                        .once("refund:" + refund.id())
                        .with(Map.of("amountFen", String.valueOf(refund.amount().fen()))));
    }

    /** Each colleague who keeps the money hears at once; where none is in WeCom, the secretariat's group. */
    @EventListener
    void on(MoneyAlert alert) {
        List<String> finance = staff.having(Role.FINANCE).stream()
                .filter(person -> person.wecomUserId() != null)
                .map(StaffMember::address)
                .toList();
        for (String to : finance.isEmpty() ? List.of("财务") : finance) {
            events.publishEvent(Tell.of(to, null, "money-alert", alert.text()).urgency(Tell.Urgency.NOW));
        }
    }

    @EventListener
    void on(TaskDone done) {
        Task task = done.task();
        String payment = task.data().get(PAYMENT_ID);
        String refund = task.data().get(REFUND_ID);
        if (task.what().equals(MATCH) && payment != null) {
            till.matched(Long.parseLong(payment), done.by());
        } else if (task.what().equals(REFUND) && refund != null) {
            till.refundDone(Long.parseLong(refund), clock.instant(), done.by());
        }
    }

    /** A receipt is done with the documents that its rule asks for; a remittance, if the bylaws let it be booked. */
    @Override
    public Optional<Refusal> mayFinish(Task task, List<String> documents) {
        Fees fees = book().fees();
        TaskRule receipt = fees == null ? null : fees.receipt();
        if (task.what().equals(RECEIPT) && receipt != null && !documents.containsAll(receipt.documents())) {
            return Optional.of(
                    new Refusal(receipt.cite(), "请附上" + String.join("、", receipt.documents()) + "再办结。", null));
        }
        return Optional.empty();
    }
}
