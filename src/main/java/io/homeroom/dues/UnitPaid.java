package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When a unit has paid a year's fee, its people's own fee for that year is waived (BACCA-9-b). */
@Component
class UnitPaid {

    private static final String EVENT = "unit-paid";

    private final Bills bills;
    private final Roster roster;
    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    UnitPaid(Bills bills, Roster roster, Lawbook lawbook, BusinessClock clock, ApplicationEventPublisher events) {
        this.bills = bills;
        this.roster = roster;
        this.lawbook = lawbook;
        this.clock = clock;
        this.events = events;
    }

    @EventListener
    void on(BillPaid paid) {
        Bill bill = paid.bill();
        int year = clock.today().getYear();
        Rulebook book = lawbook.of(clock.today());
        Fees fees = book.fees();
        boolean thisYear = bill.kind() != BillKind.TOP_UP && bill.year() <= year && year <= bill.throughYear();
        if (fees == null || fees.waiver().isEmpty() || !thisYear) {
            return;
        }
        Member unit = roster.get(bill.memberId());
        if (unit.kind() != Kind.UNIT) {
            return;
        }
        for (Member person : roster.employees(unit.id())) {
            if (person.kind() == Kind.INDIVIDUAL && (person.belongs() || gaveUp(person, year))) {
                bills.waive(person.id(), year, fees.waiver(), "所在单位已交" + year + "年会费，个人会费免收");
                tell(book, person, bill);
            }
        }
    }

    /** Whoever gave its own membership up this year for the unit's has the same right to its money. */
    private static boolean gaveUp(Member person, int year) {
        return person.endedAs() == EndedAs.CONVERTED
                && person.endedOn() != null
                && person.endedOn().getYear() == year;
    }

    private void tell(Rulebook book, Member person, Bill bill) {
        for (Act act : book.on().getOrDefault(EVENT, List.of())) {
            String says = act.says();
            if (says != null) {
                act.tell()
                        .forEach(to -> events.publishEvent(Tell.of(to, person.id(), "decision", says)
                                .cites(act.cite())
                                .once(EVENT + ":" + person.id() + ":" + bill.id() + ":" + to)));
            }
        }
    }
}
