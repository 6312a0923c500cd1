package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Overview;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 我的班级: how the class stands in one line; for the secretariat, how large each class is. */
@Component
class MyClassCommand implements Command {

    private final ClassDay day;
    private final Classes classes;
    private final Staff staff;
    private final Lawbook laws;
    private final BusinessClock clock;

    MyClassCommand(ClassDay day, Classes classes, Staff staff, Lawbook laws, BusinessClock clock) {
        this.laws = laws;
        this.clock = clock;
        this.day = day;
        this.classes = classes;
        this.staff = staff;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public String key() {
        return "class";
    }

    @Override
    public String word() {
        return "我的班级";
    }

    @Override
    public List<String> says() {
        return List.of("班级", "我的班", "我班", "班里情况", "我们班", "班级情况", "我的会员", "班级怎么样", "带了多少家");
    }

    @Override
    public String help() {
        return "我的班级 · 一行看清全班";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    @Override
    public StaffReply said(Said said) {
        StaffMember who = said.who();
        boolean teaches = who.roles().contains(Role.TEACHER);
        Overview overview = teaches ? day.overview(who) : null;
        if (overview != null && (overview.members() > 0 || !ClassDay.seesAll(who))) {
            boolean fees = laws.of(Tenant.current(), clock.today()).fees() != null;
            String line = overview.members() + "家 · 正常" + overview.normal()
                    + (fees ? " · 将到期" + overview.dueSoon() + " · 欠费" + overview.inArrears() : "")
                    + (overview.suspended() > 0 ? " · 权利暂停" + overview.suspended() : "")
                    + " · 未绑定" + overview.unbound() + " · 今天要办" + overview.today();
            String covering =
                    overview.covering().isEmpty() ? "" : "\n含代管的" + String.join("、", overview.covering()) + "老师的班。";
            StaffReply reply = StaffReply.of(line + covering);
            return (fees ? reply.next("欠费", "看名单") : reply).next("待办", "看要办的事");
        }
        Map<Long, Integer> sizes = classes.sizes();
        String each = staff.teachers().stream()
                .map(teacher -> teacher.name() + sizes.getOrDefault(teacher.id(), 0) + "家")
                .collect(Collectors.joining(" · "));
        int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        int without = sizes.getOrDefault(0L, 0);
        return StaffReply.of("会员" + all + "家：" + (each.isEmpty() ? "还没有班主任" : each)
                        + (without > 0 ? " · 没有班主任" + without + "家" : ""))
                .next("待办", "看要办的事");
    }
}
