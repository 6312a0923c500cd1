package io.homeroom.dues;

import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import io.homeroom.schedule.BusinessClock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A unit that rises to a grade which must prepay the term gets a supplementary bill for its remaining years (BACCA-31-c). */
@Component
class TermOnRise {

    private final Bills bills;
    private final BusinessClock clock;

    TermOnRise(Bills bills, BusinessClock clock) {
        this.bills = bills;
        this.clock = clock;
    }

    @EventListener
    void on(MemberChanged changed) {
        if (changed.entry().kind() == EntryKind.GRADE) {
            bills.term(changed.member(), clock.today(), changed.entry().caseId());
        }
    }
}
