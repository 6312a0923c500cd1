package io.homeroom.chat;

import io.homeroom.care.Changes;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Decision;
import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Covers;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * 资料变更: what members reported of themselves and waits, old beside new. The class teacher confirms the handover notice,
 * the department checks and applies, each with one touch (WHJX-8-4a, 9-3).
 */
@Component
class ChangeCommand implements Command {

    private static final int SHOWN = 5;
    private static final int MOST = 200;

    private final Cases cases;
    private final Tasks tasks;
    private final Covers covers;
    private final Roster roster;
    private final ClassDay day;
    private final BusinessClock clock;

    ChangeCommand(Cases cases, Tasks tasks, Covers covers, Roster roster, ClassDay day, BusinessClock clock) {
        this.cases = cases;
        this.tasks = tasks;
        this.covers = covers;
        this.roster = roster;
        this.day = day;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 66;
    }

    @Override
    public String key() {
        return "change";
    }

    @Override
    public String word() {
        return "资料变更";
    }

    @Override
    public List<String> says() {
        return List.of("变更", "变更单", "交接单", "交接通知单", "资料交接", "待确认变更");
    }

    @Override
    public String help() {
        return "资料变更 · 会员报来的变更，核对新旧后点确认";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    @Override
    public StaffReply said(Said said) {
        List<CaseView> open = cases.search("change", "open", 0, MOST);
        Map<Long, Member> members = roster.findAll(open.stream()
                .map(CaseView::memberId)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList());
        Map<CaseView, Member> mine = new LinkedHashMap<>();
        for (CaseView change : open) {
            Member member = change.memberId() == null ? null : members.get(change.memberId());
            if (member != null && day.sees(said.who(), member)) {
                mine.put(change, member);
            }
        }
        if (mine.isEmpty()) {
            return StaffReply.of("没有等着办的资料变更。");
        }
        StaffReply reply =
                StaffReply.of("等着办的资料变更" + mine.size() + "件" + (mine.size() > SHOWN ? "，先看最早的" + SHOWN + "件：" : "："));
        for (Map.Entry<CaseView, Member> one :
                mine.entrySet().stream().limit(SHOWN).toList()) {
            reply = reply.card(one.getValue().id(), card(said.who(), one.getKey(), one.getValue()));
        }
        return reply;
    }

    private boolean sees(StaffMember who, CaseView change) {
        Long id = change.memberId();
        return id != null
                && roster.find(id).filter(member -> day.sees(who, member)).isPresent();
    }

    private Card card(StaffMember who, CaseView change, Member member) {
        Optional<Task> notice = notice(change);
        Card card = Changes.card(member, change, clock.today())
                .row("还缺", String.join("、", change.missing()))
                .row("现在等", waits(change, notice))
                .opens("看资料", MemberCards.page(member.id()));
        if (notice.filter(task -> isFor(who, task)).isPresent()) {
            return card.button("确认通知单", "change:notice:" + change.id());
        }
        return notice.isEmpty() && decides(who, change) ? card.button("核对无误", "change:apply:" + change.id()) : card;
    }

    private static String waits(CaseView change, Optional<Task> notice) {
        String at = change.at();
        return notice.isPresent() ? "班主任确认" : at == null || at.equals("member") ? "会员补材料" : at + "核对更新";
    }

    private Optional<Task> notice(CaseView change) {
        return tasks
                .search(TaskSearch.unfinished()
                        .matter(change.id())
                        .what(Changes.NOTICE)
                        .page(0, 1))
                .stream()
                .findFirst();
    }

    private boolean isFor(StaffMember who, Task task) {
        return who.offices().contains(task.to())
                || covers.desksOf(who.id()).stream().map(StaffMember::address).anyMatch(task.to()::equals);
    }

    /** The office that the case waits for decides, by whoever holds it. */
    private boolean decides(StaffMember who, CaseView change) {
        return change.at() != null
                && who.offices().contains(change.at())
                && cases.deciders(change.id()).contains(change.at());
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        CaseView change = cases.find(pressed.id())
                .filter(one -> one.type().equals("change"))
                .filter(one -> sees(pressed.who(), one))
                .orElse(null);
        if (change == null) {
            return StaffReply.of("这家会员不在你的班里了。").settles("已转出");
        }
        return pressed.act().equals("notice") ? confirm(pressed, change) : apply(pressed, change);
    }

    private StaffReply confirm(Pressed pressed, CaseView change) {
        Optional<Task> notice = notice(change).filter(task -> isFor(pressed.who(), task));
        if (notice.isEmpty()) {
            return StaffReply.of("这张通知单已经确认过，或不归你确认。").settles("已确认");
        }
        Outcome<Task> done =
                tasks.done(notice.get().id(), List.of(), pressed.who().username());
        return done instanceof Outcome.Refused<Task> refused
                ? StaffReply.of(refused.refusal().reason() + "。")
                : StaffReply.of("已确认" + change.subject() + "的交接通知单，转去核对更新。")
                        .settles("已确认")
                        .next("资料变更", "看其余的");
    }

    private StaffReply apply(Pressed pressed, CaseView change) {
        if (!change.isOpen() || !decides(pressed.who(), change)) {
            return StaffReply.of("这件变更已经办过，或不归你办。").settles("已办");
        }
        Outcome<CaseView> decided = cases.decide(
                change.id(),
                Decision.of(
                        String.valueOf(change.at()),
                        "approve",
                        null,
                        pressed.who().username()));
        return decided instanceof Outcome.Refused<CaseView> refused
                ? StaffReply.of(refused.refusal().reason() + "。")
                : StaffReply.of("已更新：" + change.subject() + "的"
                                + Changes.word(change.data().getOrDefault("field", "")) + "改为"
                                + change.data().getOrDefault("to", "") + "，旧的留在档里。")
                        .settles("已更新")
                        .next("资料变更", "看其余的");
    }
}
