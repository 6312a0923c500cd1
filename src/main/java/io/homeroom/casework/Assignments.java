package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the association asks a member to do, or a member has promised to do, by a day (IGRS-20-A5, IGRS-23-4): a list for
 * each member. The member says when it is done, the office confirms; what is late goes the way of the rulebook's {@code
 * assignment-missed}.
 */
@Service
@Transactional
public class Assignments {

    static final String TASK = "assignment";
    private static final String MISSED = "assignment-missed";
    private static final String CHARGE = "charge";
    private static final String REPORTED = "reported";
    private static final String WORD = "word";
    private static final String PROMISED = "promised";
    private static final int LONGEST = 200;

    private final Tasks tasks;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Consequences consequences;
    private final Rights rights;
    private final PayLinks links;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Assignments(
            Tasks tasks,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            Consequences consequences,
            Rights rights,
            PayLinks links,
            Audit audit,
            ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.consequences = consequences;
        this.rights = rights;
        this.links = links;
        this.audit = audit;
        this.events = events;
    }

    /** Clauses on members' tasks; none where the bylaws know no such thing. */
    @Transactional(readOnly = true)
    public List<String> clauses() {
        Set<String> clauses = new LinkedHashSet<>();
        law.of(clock.today()).on().getOrDefault(MISSED, List.of()).stream()
                .map(Act::cite)
                .forEach(clauses::addAll);
        return List.copyOf(clauses);
    }

    /**
     * Clauses by which this member may be given something to do. Where the bylaws say who takes charge of the association's
     * business, it is these alone (DSIA-4-6e).
     */
    private Outcome<List<String>> basis(Member member) {
        if (!law.of(clock.today()).rights().containsKey(CHARGE)) {
            List<String> cite = clauses();
            return cite.isEmpty()
                    ? Outcome.refused("《" + law.of(clock.today()).title() + "》没有向会员交办任务的规定")
                    : Outcome.done(cite);
        }
        List<String> cite = rights.basis(member.id(), CHARGE);
        return rights.may(member.id(), CHARGE)
                ? Outcome.done(cite)
                : Outcome.refused(new Refusal(cite, member.name() + "不在可以牵头办理协会事务的职务上", null));
    }

    /** A member's tasks, the newest first. */
    @Transactional(readOnly = true)
    public List<Task> of(long member) {
        List<Task> all = tasks.search(TaskSearch.all().member(member).what(TASK).page(0, 500));
        return java.util.stream.IntStream.range(0, all.size())
                .mapToObj(i -> all.get(all.size() - 1 - i))
                .toList();
    }

    /** What the member has said about a task; empty if nothing. */
    public static String said(Task task) {
        String on = task.data().getOrDefault(REPORTED, "");
        return on.isEmpty() ? "" : on + "说已办好：" + task.data().getOrDefault(WORD, "");
    }

    /**
     * Gives a member something to do.
     *
     * @param promised whether the member has promised it itself
     * @param due last day, today or later
     */
    public Outcome<Task> assign(long memberId, String what, boolean promised, LocalDate due, String by) {
        Member member = roster.get(memberId);
        Outcome<List<String>> basis = basis(member);
        String text = what.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (!member.belongs()) {
            return Outcome.refused("不是在籍会员，不能交办任务");
        }
        if (basis instanceof Outcome.Refused<List<String>> refused) {
            return Outcome.refused(refused.refusal());
        }
        List<String> cite = basis.get();
        if (text.length() < 2 || text.length() > LONGEST) {
            return Outcome.refused("请写明要做什么，2到" + LONGEST + "个字");
        }
        if (due.isBefore(clock.today())) {
            return Outcome.refused("完成日期" + due + "已过，请选今天或以后的日子");
        }
        Task task = tasks.open(NewTask.of(TASK, "member", text)
                .about(memberId)
                .due(due)
                .cites(cite)
                .with(promised ? Map.of(PROMISED, "true") : Map.of()));
        audit.note(
                by, "assigned", memberId, (promised ? "会员承诺：" : "交办：") + text + "，" + due, cite.toArray(String[]::new));
        events.publishEvent(Tell.of(
                        "member",
                        memberId,
                        "assignment",
                        (promised ? "已记下你单位承诺的：" : "协会请你单位办理：") + text + "。请在" + Days.dated(due) + "前完成，办好后告诉我们："
                                + links.page("cases/assignments"))
                .cites(cite)
                .once("assignment:" + task.id()));
        return Outcome.done(task);
    }

    /** The member says that it has done a task; the office is asked to confirm. */
    public Outcome<Task> report(long id, long memberId, String word, String by) {
        Task task = tasks.find(id)
                .filter(one -> one.what().equals(TASK) && Long.valueOf(memberId).equals(one.memberId()))
                .orElse(null);
        if (task == null || task.state() != Task.State.OPEN) {
            return Outcome.refused("没有这项任务，或已经办结");
        }
        if (task.data().containsKey(REPORTED)) {
            return Outcome.done(task);
        }
        String said = word.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        Map<String, String> facts = new HashMap<>(task.data());
        facts.put(REPORTED, clock.today().toString());
        facts.put(WORD, said.substring(0, Math.min(LONGEST, said.length())));
        Task amended = tasks.amend(id, task.text(), facts);
        audit.note(by, "assignment-reported", memberId, task.text());
        events.publishEvent(
                Tell.of("秘书处", memberId, "assignment", roster.get(memberId).name() + "说已办好：" + task.text() + "。请核实并办结")
                        .cites(task.clauses())
                        .once("assignment:" + id + ":reported"));
        return Outcome.done(amended);
    }

    /** A task whose last day has passed: the rulebook says what follows, unless the member says that it is done. */
    void late(Task task) {
        Member member = task.memberId() == null ? null : roster.get(task.memberId());
        if (member == null || !member.belongs() || task.data().containsKey(REPORTED)) {
            return;
        }
        consequences.on(
                MISSED,
                new Context(
                        member.id(),
                        null,
                        null,
                        MISSED + ":" + task.id(),
                        task.clauses(),
                        Map.of("事项", task.text(), "期限", String.valueOf(task.due())),
                        "system"));
    }
}
