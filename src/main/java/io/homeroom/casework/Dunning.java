package io.homeroom.casework;

import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.dues.DebtChanged;
import io.homeroom.ground.Money;
import io.homeroom.ground.Refusal;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The fee of a branch's member is chased by the branch (BACCA-34): one task for each such member in arrears, addressed to
 * the branch's name, which its contact holds as an office. It begins with the rule that asks for it, tells what is overdue
 * as it stands, goes along when the member changes its branch, and ends with the arrears or the membership.
 */
@Component
public class Dunning implements io.homeroom.desk.TaskRule {

    /** The kind of the task. */
    public static final String TASK = "dunning";

    private static final Set<EntryKind> MOVES = Set.of(EntryKind.DATA, EntryKind.ENDED, EntryKind.MERGED);

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bills bills;
    private final Tasks tasks;

    Dunning(Lawbook law, BusinessClock clock, Roster roster, Bills bills, Tasks tasks) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bills = bills;
        this.tasks = tasks;
    }

    /** A rule asks for it: the task is opened, or the one there is says what is overdue now. */
    void asked(long member) {
        settle(member, true);
    }

    /** Money that did not arrive after all brings the task back. */
    @EventListener
    void on(DebtChanged changed) {
        settle(changed.member(), false);
    }

    @EventListener
    void on(MemberChanged changed) {
        if (MOVES.contains(changed.entry().kind())) {
            settle(changed.member(), changed.entry().data().containsKey(Act.BRANCH));
        }
    }

    /** Nobody says that a fee has come but the money itself. */
    @Override
    public Optional<Refusal> mayFinish(Task task, List<String> documents) {
        return task.what().equals(TASK)
                ? Optional.of(new Refusal(task.clauses(), "会费到账后自动办结；联系了请记「已联系」，说好哪天付请记「承诺付款日」", null))
                : Optional.empty();
    }

    /** Makes the task be as the roster and the bills are. */
    private void settle(long memberId, boolean opens) {
        TaskRule rule = rule();
        if (rule == null) {
            return;
        }
        LocalDate today = clock.today();
        Member member = roster.get(memberId);
        String branch = member.belongs() ? member.branch() : null;
        Task open = tasks
                .search(TaskSearch.unfinished().member(memberId).what(TASK).page(0, 1))
                .stream()
                .findFirst()
                .orElse(null);
        if (open == null && branch == null) {
            return;
        }
        Money overdue = bills.of(memberId).stream()
                .filter(bill -> bill.overdue(today))
                .map(Bill::owed)
                .reduce(Money.ZERO, Money::plus);
        if (open == null) {
            int earlier = tasks.count(TaskSearch.all().member(memberId).what(TASK));
            if (overdue.isPositive() && (opens || earlier > 0)) {
                open(rule, member, Objects.requireNonNull(branch), overdue, earlier);
            }
        } else if (branch == null || !overdue.isPositive()) {
            tasks.cancel(open.id(), "system");
        } else {
            if (!branch.equals(open.to())) {
                tasks.hand(open.id(), branch, "system");
            }
            if (!overdue.equals(open.amount())) {
                tasks.worth(open.id(), overdue);
            }
        }
    }

    private @Nullable TaskRule rule() {
        return law.of(clock.today()).watch().stream()
                .flatMap(watch -> watch.then().stream())
                .map(Act::task)
                .filter(task -> task != null && task.what().equals(TASK))
                .findFirst()
                .orElse(null);
    }

    private void open(TaskRule rule, Member member, String branch, Money overdue, int earlier) {
        tasks.open(NewTask.of(TASK, branch, Consequences.word(TASK) + "：" + member.name())
                .about(member.id())
                .worth(overdue)
                .cites(rule.cite())
                .once(TASK + ":" + member.id() + ":" + earlier));
    }
}
