package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Money;
import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.MemberRestated;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a change of the roster means for bills: a unit that rises to a grade which must prepay the term is billed for its
 * remaining years (BACCA-31-c), and an applicant refused after payment gets its money back (WHJX-5-5).
 */
@Component
class RosterEvents {

    private final Bills bills;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    RosterEvents(Bills bills, Lawbook lawbook, BusinessClock clock, ApplicationEventPublisher events) {
        this.bills = bills;
        this.lawbook = lawbook;
        this.clock = clock;
        this.events = events;
    }

    @EventListener
    void on(MemberRestated restated) {
        bills.makeUp(restated.member());
    }

    @EventListener
    void on(MemberChanged changed) {
        Long caseId = changed.entry().caseId();
        if (changed.entry().kind() == EntryKind.GRADE) {
            bills.term(changed.member(), clock.today(), caseId);
        } else if (changed.entry().kind() == EntryKind.REJECTED && caseId != null) {
            Rulebook book = lawbook.of(clock.today());
            Fees fees = book.fees();
            List<String> clauses = fees == null ? List.of() : fees.firstYear().cite();
            boolean whole =
                    book.setting("refused-refund").filter("credit"::equals).isEmpty();
            String why = whole ? "入会申请未获批准，已缴会费全额退还" : "入会申请未获批准，账单撤回";
            Money back = bills.withdraw(changed.member(), caseId, clauses, why, whole);
            if (back.isPositive()) {
                String what = whole ? "须全额退还" + back + "，请留意" : "已交的" + back + "留作余款，退多少请财务决定并办理";
                events.publishEvent(Tell.of("秘书处", changed.member(), "refund", "入会申请在交费之后未获批准，" + what)
                        .cites(clauses)
                        .once("refund-of-case:" + caseId));
            }
        }
    }
}
