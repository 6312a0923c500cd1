package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskDone;
import io.homeroom.dues.AllPaid;
import io.homeroom.dues.BillKind;
import io.homeroom.dues.BillPaid;
import io.homeroom.dues.Bills;
import io.homeroom.governance.BodyChanged;
import io.homeroom.ground.Lockbox;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What happens elsewhere and moves cases: payments, finished tasks, bodies that meet again. */
@Component
@Transactional
class CaseEvents {

    private static final String ONLINE = "网站";

    private final CaseBook book;
    private final Progress progress;
    private final Ballots ballots;
    private final Outcomes outcomes;
    private final Endings endings;
    private final Assists assists;
    private final Consequences consequences;
    private final Handouts handouts;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Effects effects;
    private final Roster roster;
    private final Bills bills;
    private final Contacts contacts;
    private final Lockbox lockbox;

    CaseEvents(
            CaseBook book,
            Progress progress,
            Ballots ballots,
            Outcomes outcomes,
            Endings endings,
            Assists assists,
            Consequences consequences,
            Handouts handouts,
            Lawbook law,
            BusinessClock clock,
            Effects effects,
            Roster roster,
            Bills bills,
            Contacts contacts,
            Lockbox lockbox) {
        this.lockbox = lockbox;
        this.book = book;
        this.progress = progress;
        this.ballots = ballots;
        this.outcomes = outcomes;
        this.endings = endings;
        this.assists = assists;
        this.consequences = consequences;
        this.handouts = handouts;
        this.law = law;
        this.clock = clock;
        this.effects = effects;
        this.roster = roster;
        this.bills = bills;
        this.contacts = contacts;
    }

    @EventListener
    void billPaid(BillPaid event) {
        Rulebook rules = rules();
        long member = event.bill().memberId();
        Long caseId = event.bill().caseId();
        if (event.bill().kind() == BillKind.TERM) {
            effects.prepaid(member, event.bill());
        }
        for (CaseRow file : book.openOf(member)) {
            if (caseId != null && caseId == file.id()) {
                progress.happened(rules, file, "payment", "payment");
            }
            progress.billPaid(rules, file);
            boolean its = Long.valueOf(event.bill().id()).equals(file.billId());
            if (lapsesWhen(rules, file, "bill") && (its || cured(rules, file))) {
                endings.lapse(file, "会费已缴清");
            }
        }
    }

    /** Moved by hand on no other ground than arrears, and nothing is overdue any more. */
    private boolean cured(Rulebook rules, CaseRow file) {
        List<String> grounds = file.grounds();
        return file.billId() == null
                && !grounds.isEmpty()
                && grounds.stream().allMatch(ground -> arrears(rules, file.type(), ground))
                && !bills.overdue(file.member(), clock.today());
    }

    private static boolean arrears(Rulebook rules, String type, String ground) {
        return rules.watch().stream()
                .anyMatch(watch -> watch.when().unpaid() != null
                        && watch.cite().contains(ground)
                        && watch.then().stream().anyMatch(act -> type.equals(act.open())));
    }

    /**
     * A change of the roster that cases have to do with: a seat may have become free, a new class teacher
     * helps with what is under way, and a new contact person takes over
     * on the day from which the change holds, not before (IGRS-18-l).
     */
    @EventListener
    void memberChanged(MemberChanged event) {
        Entry entry = event.entry();
        Long caseId = entry.caseId();
        if (entry.kind() == EntryKind.GRADE || entry.kind() == EntryKind.ENDED) {
            Rulebook rules = rules();
            rules.grades().stream()
                    .filter(grade -> grade.cap() != null)
                    .forEach(grade -> outcomes.seatFree(rules, grade.name()));
        } else if (entry.kind() == EntryKind.TEACHER) {
            Rulebook rules = rules();
            book.openOf(event.member()).forEach(file -> assists.settle(rules, file));
        } else if (entry.kind() == EntryKind.DATA && caseId != null) {
            book.find(caseId)
                    .filter(file -> file.type().equals("change"))
                    .ifPresent(file -> takesOver(event.member(), entry.data(), file.data()));
        }
    }

    private void takesOver(long member, Map<String, String> fields, Map<String, String> asked) {
        String given = asked.getOrDefault("phone", "");
        String phone = given.matches("[+0-9 -]*") ? given : lockbox.open(given);
        if (fields.containsKey("phone") && !phone.isEmpty()) {
            contacts.toNotify(member).ifPresent(same -> contacts.put(member, same.role(), same.name(), phone));
        }
        for (Role role : List.of(Role.LIAISON, Role.REPRESENTATIVE)) {
            String name = fields.get(role.code());
            if (name != null
                    && contacts.of(member).stream()
                            .filter(contact -> contact.role() == role)
                            .findFirst()
                            .filter(first -> first.name().equals(name))
                            .isEmpty()) {
                contacts.put(member, role, name, phone);
            }
        }
    }

    @EventListener
    void allPaid(AllPaid event) {
        Rulebook rules = rules();
        for (CaseRow file : book.openOf(event.member())) {
            if (lapsesWhen(rules, file, "all") && file.billId() != null) {
                endings.lapse(file, "会费已全部缴清");
            } else {
                progress.paid(rules, file);
            }
        }
    }

    private static boolean lapsesWhen(Rulebook rules, CaseRow file, String paid) {
        Track track = rules.cases().get(file.type());
        return track != null
                && track.lapses() != null
                && paid.equals(track.lapses().paid())
                && !file.provisional();
    }

    @EventListener
    void taskDone(TaskDone event) {
        Task task = event.task();
        Long caseId = task.caseId();
        if (caseId != null) {
            book.find(caseId)
                    .filter(file -> !file.isOver())
                    .ifPresent(file -> progress.taskDone(rules(), file, task.what(), event.by()));
        }
        Long member = task.memberId();
        if (member != null && task.what().equals("announcement")) {
            announced(roster.get(member), task, event.by());
        }
        consequences.on(
                task.what() + "-done",
                new Context(
                        member, null, null, "task:" + task.id() + ":done", task.clauses(), words(task), event.by()));
    }

    /** What the task was done with, and where its members find it. */
    private Map<String, String> words(Task task) {
        String documents = String.join("、", task.documents());
        return handouts.link(task.id())
                .map(link -> Map.of("材料", documents, "链接", "点开查看：" + link + " 。", "url", link))
                .orElse(Map.of("材料", documents));
    }

    /**
     * The announcement of an end starts the bar (BACCA-40-b): on the website or, where an end is not put there, the internal
     * one (IGRS-26-a). It belongs to the case, which may be annulled.
     */
    private void announced(Member member, Task task, String by) {
        if (member.standing() == Standing.ENDED
                && member.announcedOn() == null
                && tellsOfTheEnd(rules(), member, task)) {
            String clause = task.clauses().isEmpty() ? "" : task.clauses().get(0);
            roster.record(
                    member.id(),
                    Entry.of(EntryKind.ANNOUNCED, clock.today(), clause, by).by(task.caseId()));
        }
    }

    /** Registrations are announced too; only the announcement that follows the end itself speaks of it. */
    private static boolean tellsOfTheEnd(Rulebook rules, Member member, Task task) {
        String how = member.endedAs() == null ? "" : member.endedAs().code();
        List<TaskRule> follow = rules.on().getOrDefault(how, List.of()).stream()
                .map(Act::task)
                .filter(Objects::nonNull)
                .toList();
        boolean online = follow.stream().noneMatch(rule -> "内部".equals(rule.where()))
                || follow.stream().anyMatch(rule -> ONLINE.equals(rule.where()));
        List<String> clauses =
                follow.stream().flatMap(rule -> rule.cite().stream()).toList();
        return ONLINE.equals(task.where()) == online
                && (clauses.isEmpty() || !Collections.disjoint(clauses, task.clauses()));
    }

    /** A recess has begun or ended: cases may wait for somebody else now, and votes on them make no more sense. */
    @EventListener
    void bodyChanged(BodyChanged event) {
        Rulebook rules = rules();
        List<CaseRow> open = book.search(null, CaseRow.OPEN, 0, Integer.MAX_VALUE);
        progress.arrive(rules, open);
        ballots.bodyChanged(event.state().name());
    }

    private Rulebook rules() {
        return law.of(clock.today());
    }
}
