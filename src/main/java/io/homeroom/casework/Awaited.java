package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What a case waits for beside decisions: payments, tasks, a free seat. */
@Component
class Awaited {

    static final String PAYMENT = "payment";
    static final String SEAT = "seat";
    /** A task that must be done before the first step. */
    static final String FIRST = "first";

    private final Effects effects;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Tasks tasks;

    Awaited(Effects effects, BusinessClock clock, Roster roster, Bills bills, Tasks tasks) {
        this.effects = effects;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.tasks = tasks;
    }

    /** Of what a track wants done after the approval, what has not been done yet. */
    List<String> after(Track track, CaseRow file) {
        List<String> awaiting = new ArrayList<>();
        for (String what : track.awaits()) {
            if (what.equals(PAYMENT) ? paymentOpen(file) : !taskDone(file, what)) {
                awaiting.add(what);
            }
        }
        return awaiting;
    }

    /** Whose act it is that a case waits for. */
    String by(CaseRow file, List<String> awaiting) {
        return awaiting.contains(PAYMENT) ? "member" : addressee(file, awaiting.get(0));
    }

    /** Whether a bill of this case is still to be paid; a change of grade makes its own. */
    private boolean paymentOpen(CaseRow file) {
        Member member = roster.get(file.member());
        if (file.type().equals("upgrade") || file.type().equals("downgrade")) {
            // Credit may have paid it in the moment in which it was made.
            return effects.topUp(member, file.data().getOrDefault("to", ""), file.id())
                    .map(bill -> bill.state() == BillState.OPEN)
                    .orElse(false);
        }
        return owes(file, member.id());
    }

    /** A newcomer who was a member before may still owe this year's fee from then: it is paid before membership begins. */
    boolean owes(CaseRow file, long member) {
        int year = clock.today().getYear();
        boolean admission = file.type().equals("admission");
        return bills.of(member).stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .anyMatch(bill -> Long.valueOf(file.id()).equals(bill.caseId())
                        || (admission
                                && bill.kind() != BillKind.TOP_UP
                                && bill.year() <= year
                                && year <= bill.throughYear()));
    }

    /**
     * Has the bills be those that a restoration is to pay, as the bylaws are read (WHJX-15-b): what is unpaid when
     * membership ends, only what was overdue for a year by then, or the years since as well. A second time changes
     * nothing.
     */
    void claim(Rulebook rules, CaseRow file) {
        String years = rules.setting("restoration-years").orElse("unpaid");
        if (!file.type().equals("restoration") || years.equals("unpaid")) {
            return;
        }
        Member member = roster.get(file.member());
        LocalDate ended = member.endedOn();
        if (ended == null) {
            return;
        }
        List<String> cite = Tracks.track(rules, file.type()).cite();
        if (years.equals("through")) {
            bills.years(member.id(), ended.getYear() + 1, clock.today().getYear(), file.id());
            return;
        }
        bills.of(member.id()).stream()
                .filter(bill -> bill.state() == BillState.OPEN)
                .filter(bill ->
                        bill.dueOn() == null || !bill.dueOn().plusYears(1).isBefore(ended))
                .forEach(bill -> bills.cancel(bill.id(), cite, "恢复会籍只补交引起终止的年度"));
    }

    /** Whether the member of a case has nothing to pay. */
    boolean settled(CaseRow file) {
        return !bills.owed(file.member()).isPositive();
    }

    private boolean taskDone(CaseRow file, String what) {
        return task(file, what, task -> task.state() == Task.State.DONE).isPresent();
    }

    /** To whom a task of a case was given. */
    String addressee(CaseRow file, String what) {
        return task(file, what, task -> true).map(Task::to).orElse("秘书处");
    }

    private Optional<Task> task(CaseRow file, String what, Predicate<Task> which) {
        return tasks.search(TaskSearch.all().matter(file.id()).page(0, 50)).stream()
                .filter(task -> task.what().equals(what) && which.test(task))
                .findFirst();
    }
}
