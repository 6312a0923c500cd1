package io.homeroom.chat;

import io.homeroom.dues.Bills;
import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayState;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** 退款: what was paid too much or has gone back, and that people decide about the rest. */
@Component
class RefundAnswers {

    private static final Set<PayState> GOING_BACK = Set.of(PayState.REFUSED, PayState.REFUNDING, PayState.REFUNDED);

    private final Bills bills;
    private final Till till;
    private final Lawbook laws;
    private final BusinessClock clock;

    RefundAnswers(Bills bills, Till till, Lawbook laws, BusinessClock clock) {
        this.bills = bills;
        this.till = till;
        this.laws = laws;
        this.clock = clock;
    }

    Reply answer(Member member) {
        Rulebook law = laws.of(Tenant.current(), clock.today());
        List<Payment> payments = till.of(member.id());
        if (law.fees() == null && payments.isEmpty()) {
            return LawAnswers.noFee(law);
        }
        Money owed = bills.owed(member.id());
        List<Payment> back = payments.stream()
                .filter(payment -> GOING_BACK.contains(payment.state()))
                .sorted(Comparator.comparing(Payment::receivedAt).reversed())
                .limit(2)
                .toList();
        Screen screen = new Screen();
        if (owed.fen() < 0) {
            screen.line("「" + member.name() + "」有余款 " + new Money(-owed.fen()) + "，将抵以后的会费。");
        }
        back.forEach(payment -> screen.line(Days.dated(payment.receivedOn()) + "的 " + payment.amount() + " "
                + payment.method().word() + "：" + payment.state().word() + "。"));
        if (owed.fen() >= 0 && back.isEmpty()) {
            screen.line("「" + member.name() + "」账上没有多付的钱，也没有在退的款。");
        }
        return screen.line("账单已结清又付了一次微信支付的，多的那笔自动原路退回，不用申请。")
                .line("别的情况请回复「人工」写明哪天、多少、为什么，由财务核对后答复。")
                .suggest("人工", "说明要退的款")
                .suggest("缴费记录", "看每一笔")
                .reply();
    }
}
