package io.homeroom.chat;

import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Cover;
import io.homeroom.liaison.Covers;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 请假交接: another class teacher stands in from a day to a day, after a confirmation; 销假 ends it early. */
@Component
class LeaveCommand implements Command {

    private static final int AHEAD_DAYS = 400;

    private final Covers covers;
    private final Staff staff;
    private final BusinessClock clock;

    LeaveCommand(Covers covers, Staff staff, BusinessClock clock) {
        this.covers = covers;
        this.staff = staff;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 90;
    }

    @Override
    public String key() {
        return "leave";
    }

    @Override
    public String word() {
        return "请假交接";
    }

    @Override
    public List<String> says() {
        return List.of("请假", "休假", "代班", "销假", "我要请假", "交接班级");
    }

    @Override
    public String help() {
        return "请假 7月1日到7月5日 孙悦 · 到期自动回到你手里；提前回来说「销假」";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER);
    }

    @Override
    public StaffReply said(Said said) {
        StaffMember who = said.who();
        if (said.whole().strip().startsWith("销假")) {
            return back(who);
        }
        LocalDate today = clock.today();
        Optional<String> fault = SaidDays.fault(said.rest(), today);
        if (fault.isPresent()) {
            return StaffReply.of(fault.get() + "，没有安排。请说从哪天到哪天、谁代班，例如「请假 " + today(1) + "到" + today(3) + " 某某」。");
        }
        List<SaidDays.Found> days = SaidDays.in(said.rest(), today);
        List<StaffMember> others = staff.teachers().stream()
                .filter(teacher -> teacher.id() != who.id())
                .toList();
        List<StaffMember> named = others.stream()
                .filter(teacher ->
                        said.rest().contains(teacher.name()) || said.rest().contains(teacher.username()))
                .toList();
        if (days.isEmpty() || named.isEmpty()) {
            return explain(who, others);
        }
        if (named.size() > 1) {
            return StaffReply.of("有" + named.size() + "位老师都对得上，请把名字换成用户名："
                    + named.stream()
                            .map(one -> one.name() + " " + one.username())
                            .collect(Collectors.joining("、")));
        }
        StaffMember deputy = named.get(0);
        LocalDate from = days.get(0).day();
        LocalDate to = days.get(days.size() - 1).day();
        return StaffReply.of("请确认：")
                .card(
                        0,
                        Card.of("请假交接", "这几天班里的消息和待办都到代班老师那里，到期自动回到你手里。")
                                .row("代班", deputy.name() + "老师")
                                .row("从", Days.said(from, today))
                                .row("到", Days.said(to, today))
                                .button("确认", "leave:yes:" + deputy.id() + "|" + from + "|" + to)
                                .button("取消", "leave:no"));
    }

    private StaffReply explain(StaffMember who, List<StaffMember> others) {
        String names = others.stream().map(StaffMember::name).collect(Collectors.joining("、"));
        String mine = upcoming(who)
                .map(cover -> "已安排：" + Days.said(cover.from(), clock.today()) + "至"
                        + Days.said(cover.to(), clock.today()) + "由"
                        + staff.find(cover.deputyId()).map(StaffMember::name).orElse("") + "老师代班。")
                .orElse("");
        return StaffReply.of(
                mine + "请说从哪天到哪天、谁代班，例如「请假 " + today(1) + "到" + today(3) + " "
                        + (others.isEmpty() ? "某某" : others.get(0).name()) + "」。",
                others.isEmpty() ? "现在没有别的班主任可以代班，请联系秘书处。" : "可以代班的：" + names + "。");
    }

    private String today(int plus) {
        LocalDate day = clock.today().plusDays(plus);
        return day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    private Optional<Cover> upcoming(StaffMember who) {
        return covers.between(clock.today(), clock.today().plusDays(AHEAD_DAYS)).stream()
                .filter(cover -> cover.teacherId() == who.id())
                .findFirst();
    }

    private StaffReply back(StaffMember who) {
        Optional<Cover> cover = upcoming(who);
        if (cover.isEmpty()) {
            return StaffReply.of("你没有正在进行或已安排的代班。");
        }
        covers.end(cover.get().id(), who.username());
        return StaffReply.of("好的，班级从现在起回到你手里，代班老师已收到通知。");
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        String[] parts = pressed.argument().split("\\|");
        if (!pressed.act().equals("yes") || parts.length != 3) {
            return StaffReply.of("好的，没有安排代班。").settles("已取消");
        }
        Outcome<Cover> outcome = covers.arrange(
                pressed.who().id(),
                Long.parseLong(parts[0]),
                LocalDate.parse(parts[1]),
                LocalDate.parse(parts[2]),
                "",
                pressed.who().username());
        if (outcome instanceof Outcome.Refused<Cover> refused) {
            return StaffReply.of(refused.refusal().reason() + "。").settles("没有办成");
        }
        return StaffReply.of("安排好了，代班老师已收到通知。提前回来说「销假」。").settles("已安排");
    }
}
