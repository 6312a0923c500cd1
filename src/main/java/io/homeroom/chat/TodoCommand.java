package io.homeroom.chat;

import io.homeroom.casework.Assists;
import io.homeroom.casework.Dunning;
import io.homeroom.casework.Handouts;
import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Debt;
import io.homeroom.desk.Card;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Covers;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 待办: what waits for this person, the most pressing first, and 办结 where nothing has to be handed in. */
@Component
class TodoCommand implements Command {

    private static final int SHOWN = 5;

    private final Tasks tasks;
    private final Roster roster;
    private final Covers covers;
    private final ClassDay day;
    private final MemberCards cards;
    private final Handouts handouts;
    private final BusinessClock clock;

    TodoCommand(
            Tasks tasks,
            Roster roster,
            Covers covers,
            ClassDay day,
            MemberCards cards,
            Handouts handouts,
            BusinessClock clock) {
        this.tasks = tasks;
        this.roster = roster;
        this.covers = covers;
        this.day = day;
        this.cards = cards;
        this.handouts = handouts;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public String key() {
        return "todo";
    }

    @Override
    public String word() {
        return "待办";
    }

    @Override
    public List<String> says() {
        return List.of("我的待办", "今天要办", "今天要办什么", "要办的事", "有什么要办", "任务", "我的任务", "今天做什么");
    }

    @Override
    public String help() {
        return "待办 · 今天要办的事，办完点「办结」";
    }

    @Override
    public boolean open(StaffMember who) {
        return true;
    }

    /** All that waits for a person: what is addressed to it, and to the offices it holds. */
    private List<Task> waiting(StaffMember who) {
        return addresses(who).stream()
                .flatMap(address ->
                        tasks.search(TaskSearch.unfinished().to(address).page(0, 200)).stream())
                .sorted(Comparator.comparing(Task::due, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Task::id))
                .toList();
    }

    private List<String> addresses(StaffMember who) {
        List<String> addresses = new ArrayList<>(who.offices());
        covers.desksOf(who.id()).forEach(desk -> addresses.add(StaffMember.address(desk)));
        return addresses;
    }

    @Override
    public StaffReply said(Said said) {
        List<Task> waiting = waiting(said.who());
        if (waiting.isEmpty()) {
            return StaffReply.of("没有等你办的事。");
        }
        LocalDate today = clock.today();
        long pressing = waiting.stream()
                .filter(task -> task.due() != null && !task.due().isAfter(today))
                .count();
        Map<Long, Member> about = roster.findAll(waiting.stream()
                .limit(SHOWN)
                .map(Task::memberId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        StaffReply reply = StaffReply.of("待办" + waiting.size() + "件"
                + (pressing > 0 ? "，今天到期或已逾期" + pressing + "件" : "")
                + (waiting.size() > SHOWN ? "，先看最急的" + SHOWN + "件：" : "："));
        Map<Long, Debt> debts = debts(waiting, about);
        for (Task task : waiting.stream().limit(SHOWN).toList()) {
            Member member = task.memberId() == null ? null : about.get(task.memberId());
            Debt debt = member != null && task.what().equals(Dunning.TASK) ? debts.get(member.id()) : null;
            reply = reply.card(
                    member == null ? 0 : member.id(),
                    debt == null ? card(task, member == null ? "" : member.name(), today) : cards.dunned(debt, task));
        }
        return reply;
    }

    /** What those members owe whose fees are to be chased, as it stands now. */
    private Map<Long, Debt> debts(List<Task> waiting, Map<Long, Member> about) {
        List<Member> chased = waiting.stream()
                .limit(SHOWN)
                .filter(task -> task.what().equals(Dunning.TASK))
                .map(task -> about.get(task.memberId()))
                .filter(Objects::nonNull)
                .toList();
        return day.debts(chased).stream()
                .collect(Collectors.toMap(debt -> debt.member().id(), Function.identity(), (one, same) -> one));
    }

    private Card card(Task task, String member, LocalDate today) {
        LocalDate due = task.due();
        Card card = Card.of(member.isEmpty() ? "待办" : member, task.text())
                .row("期限", due == null ? "" : Days.said(due, today) + (due.isBefore(today) ? "（已逾期）" : ""));
        // A new address settles it, nothing else does.
        if (task.what().equals(Assists.TASK) && task.caseId() != null) {
            return card.opens("打开案件", "/t/" + Tenant.current() + "/cases/" + task.caseId())
                    .button("已联系", "contact:done:" + task.memberId())
                    .button("办结", "todo:done:" + task.id());
        }
        if (handouts.takes(task)) {
            return card.opens("交文件，办结", "/t/" + Tenant.current() + "/tasks/" + task.id())
                    .button("不交文件，办结", "todo:done:" + task.id());
        }
        return task.what().equals(Robots.REVOKED)
                ? card.opens("登记新地址", "/t/" + Tenant.current() + "/robot")
                : card.button("办结", "todo:done:" + task.id());
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        Optional<Task> task = tasks.find(pressed.id()).filter(found -> mine(pressed.who(), found));
        if (task.isEmpty()) {
            return StaffReply.of("这件事不归你办了。").settles("已转出");
        }
        if (task.get().state() != Task.State.OPEN) {
            return StaffReply.of("这件事已经办结或取消。").settles("已办结");
        }
        Outcome<Task> outcome =
                tasks.done(pressed.id(), List.of(), pressed.who().username());
        if (outcome instanceof Outcome.Refused<Task> refused) {
            return StaffReply.of(refused.refusal().reason());
        }
        return StaffReply.of("已办结：" + task.get().text()).settles("已办结").next("待办", "看其余的");
    }

    private boolean mine(StaffMember who, Task task) {
        return addresses(who).contains(task.to());
    }
}
