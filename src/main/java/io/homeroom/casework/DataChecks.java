package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.MemberEntered;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members look through what is known of them, where the bylaws want it kept true (DSIA-10-b): one word says that nothing
 * has changed, a change says what has. Either answers the question, and whatever waited for it is done.
 */
@Service
@Transactional
public class DataChecks {

    /** In a member's data: the day on which it last said that nothing has changed. */
    static final String CONFIRMED = "data-confirmed";

    /** The task to ask a member that did not answer. */
    static final String TASK = "confirm-data";

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Tasks tasks;
    private final Audit audit;

    DataChecks(Lawbook law, BusinessClock clock, Roster roster, Tasks tasks, Audit audit) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.tasks = tasks;
        this.audit = audit;
    }

    /** Whether the association asks its members at all; the clauses if so, else none. */
    @Transactional(readOnly = true)
    public List<String> asks() {
        return law.of(clock.today()).watch().stream()
                .filter(watch -> watch.when().unconfirmed() != null)
                .map(Watch::cite)
                .findFirst()
                .orElse(List.of());
    }

    /** The member says that nothing has changed; said again on the same day it changes nothing. */
    public Outcome<Member> unchanged(long memberId, String by) {
        Member member = roster.get(memberId);
        if (!member.belongs()) {
            return Outcome.refused("不是在籍会员，不用核对资料");
        }
        String today = clock.today().toString();
        if (today.equals(member.data().get(CONFIRMED))) {
            return Outcome.done(member);
        }
        List<String> cite = asks();
        roster.record(
                memberId,
                Entry.of(EntryKind.DATA, clock.today(), cite.isEmpty() ? "" : cite.get(0), by)
                        .with(CONFIRMED, today));
        audit.note(by, "data-confirmed", memberId, "核对资料，没有变化", cite.toArray(String[]::new));
        return Outcome.done(roster.get(memberId));
    }

    /** Data that have just been entered are as good as confirmed. */
    @EventListener
    void entered(MemberEntered entered) {
        List<String> cite = asks();
        if (!cite.isEmpty()) {
            roster.record(
                    entered.member().id(),
                    Entry.of(EntryKind.DATA, clock.today(), cite.get(0), "system")
                            .with(CONFIRMED, clock.today().toString()));
        }
    }

    /** Data that were changed or confirmed are no longer asked for. */
    @EventListener
    void told(MemberChanged changed) {
        if (changed.entry().kind() != EntryKind.DATA || asks().isEmpty()) {
            return;
        }
        for (Task task : tasks.search(
                TaskSearch.unfinished().member(changed.member()).what(TASK).page(0, 10))) {
            tasks.done(task.id(), List.of(), changed.entry().by());
        }
    }
}
