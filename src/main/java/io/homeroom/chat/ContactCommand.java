package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Contacted;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 联系: notes in one sentence that somebody was in touch with a member. */
@Component
class ContactCommand extends MemberCommand {

    private final Classes classes;

    ContactCommand(
            Naming naming, Classes classes, ClassDay day, Roster roster, StaffMemory memory, BusinessClock clock) {
        super(naming, memory, clock, day, roster);
        this.classes = classes;
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public String key() {
        return "contact";
    }

    @Override
    public String word() {
        return "联系";
    }

    @Override
    public List<String> says() {
        return List.of("已联系", "联系了", "联系过", "打过电话", "打电话给", "记联系", "沟通了", "拜访了", "走访");
    }

    @Override
    public String help() {
        return "联系 江城建工 王总说下周回话 · 记一笔联系";
    }

    /** A branch notes what its members say about their fees as well. */
    @Override
    public boolean open(StaffMember who) {
        return super.open(who) || day.chases(who);
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return StaffReply.of("联系了哪家、说了什么？例如「联系 江城建工 王总说下周回话」。");
        }
        Naming.Named named = naming.of(said.who(), said.rest());
        return named.clear()
                ? note(said.who(), named.member(), named.rest())
                : naming.which(this, said.who(), named, Map.of());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        if (!isWhich(facts) && !said.whole().isBlank()) {
            return remembered(said, facts).map(found -> noted(said.who(), found, said.whole()));
        }
        return naming.picked(said, facts).map(named -> note(said.who(), named.member(), named.rest()));
    }

    private StaffReply note(StaffMember who, Member member, String said) {
        return said.isBlank() ? ask(who, member, false) : noted(who, member, said);
    }

    private StaffReply noted(StaffMember who, Member member, String said) {
        List<SaidDays.Found> days = SaidDays.in(said, clock.today());
        classes.contacted(member.id(), who.username(), said);
        StaffReply reply = StaffReply.of("记下了：" + member.name() + "，" + said);
        // A word about paying on a day may be a promise; it becomes one only if it is said so.
        boolean pays = said.contains("付") || said.contains("交") || said.contains("缴") || said.contains("打款");
        if (pays && !days.isEmpty() && !days.get(0).day().isBefore(clock.today())) {
            String day = days.get(0).day().toString();
            return reply.next(
                    "承诺 " + member.name() + " " + day,
                    "记作" + Days.said(days.get(0).day(), clock.today()) + "付款");
        }
        return reply;
    }

    private StaffReply ask(StaffMember who, Member member, boolean noted) {
        String last = classes.contacts(member.id(), noted ? 2 : 1).stream()
                .skip(noted ? 1 : 0)
                .findFirst()
                .map(contact -> "上次：" + at(contact) + " " + contact.note())
                .orElse("这是第一次记联系。");
        remember(who, member);
        return StaffReply.of((noted ? "已记联系。" : "") + "和" + member.name() + "说了什么？回复一句话就记下。", last);
    }

    private String at(Contacted contact) {
        return Days.said(contact.at().atZone(BusinessClock.ZONE).toLocalDate(), clock.today());
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        Optional<Member> member = naming.touched(pressed);
        if (member.isEmpty()) {
            return StaffReply.of("这家会员不在你的班里了。").settles("已转出");
        }
        classes.contacted(member.get().id(), pressed.who().username(), "已联系");
        return ask(pressed.who(), member.get(), true).settles("已联系");
    }
}
