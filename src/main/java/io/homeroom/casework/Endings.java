package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** How cases end: closed with an outcome, or by themselves; and who hears of it. */
@Component
class Endings {

    private final CaseBook book;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Tasks tasks;
    private final ApplicationEventPublisher events;

    Endings(
            CaseBook book,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Bills bills,
            Tasks tasks,
            ApplicationEventPublisher events) {
        this.book = book;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.tasks = tasks;
        this.events = events;
    }

    void close(CaseRow file, String how) {
        file.close(how, clock.today());
        drop(file, task -> task.what().equals(Assists.TASK));
        events.publishEvent(new CaseDecided(book.view(file)));
    }

    /** Tells the member what was decided; resolutions concern nobody, and changes at once are seen by who made them. */
    void announce(CaseRow file, String what, List<String> cite) {
        if (file.memberId() == null
                || file.type().equals("change")
                || file.type().equals("reduction")) {
            return;
        }
        List<String> clauses = new ArrayList<>(cite);
        if (roster.get(file.member()).standing() == Standing.ENDED) {
            clauses.addAll(law.of(clock.today()).rightsEnd());
        }
        events.publishEvent(Tell.of("member", file.memberId(), "decision", CaseWords.type(file.type()) + what)
                .cites(clauses));
    }

    /** The case ends by itself, because its ground is gone. */
    void lapse(CaseRow file, String why) {
        book.step(file, "system", "lapsed", List.of(), why);
        close(file, CaseRow.LAPSED);
        drop(file, task -> true);
        Long member = file.memberId();
        if (member != null && file.type().equals("upgrade")) {
            bills.of(member).stream()
                    .filter(bill -> bill.state() == BillState.OPEN
                            && Long.valueOf(file.id()).equals(bill.caseId()))
                    .forEach(bill -> bills.cancel(bill.id(), bill.clauses(), "升级未生效，不再补交"));
        }
    }

    /** Takes back those tasks of a case that need no more doing. */
    void drop(CaseRow file, Predicate<Task> which) {
        cancel(TaskSearch.unfinished().matter(file.id()), which);
    }

    private void cancel(TaskSearch search, Predicate<Task> which) {
        tasks.search(search.page(0, 50)).stream().filter(which).forEach(task -> tasks.cancel(task.id(), "system"));
    }

    /** What was still to be announced about a member is overtaken by its end. */
    void overtaken(long member) {
        cancel(TaskSearch.unfinished().member(member).what("announcement"), task -> true);
    }
}
