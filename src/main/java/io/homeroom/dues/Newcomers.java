package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Money;
import io.homeroom.member.MemberEntered;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Opens the account of everybody who is entered, and tells in one message what is open for earlier years. */
@Component
class Newcomers {

    private final Assessment assessment;
    private final ApplicationEventPublisher events;

    Newcomers(Assessment assessment, ApplicationEventPublisher events) {
        this.assessment = assessment;
        this.events = events;
    }

    @EventListener
    void on(MemberEntered entered) {
        List<Bill> bills = assessment.enter(entered.member(), entered.paidThrough());
        if (bills.isEmpty() || !entered.member().belongs()) {
            return;
        }
        Money owed = bills.stream().map(Bill::owed).reduce(Money.ZERO, Money::plus);
        Set<String> clauses = new LinkedHashSet<>();
        bills.forEach(bill -> clauses.addAll(bill.clauses()));
        String years = bills.size() == 1
                ? bills.get(0).year() + "年"
                : bills.get(0).year() + "年至" + bills.get(bills.size() - 1).throughYear() + "年";
        events.publishEvent(Tell.of(
                        "member",
                        entered.member().id(),
                        "bill",
                        years + "的会费尚未缴纳，共" + bills.size() + "张账单，合计 " + owed + "。回复“账单”可查看和缴纳。")
                .cites(List.copyOf(clauses))
                .once("bills-at-entry:" + entered.member().id()));
    }
}
