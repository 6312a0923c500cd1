package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Card;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Circular;
import io.homeroom.liaison.Circulars;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 已读: who of the class has said 知道了 to the important notices, and who has not. */
@Component
class ReadCommand implements Command {

    private static final int SHOWN = 3;
    private static final int NAMES = 8;

    private final Circulars circulars;
    private final ClassDay day;
    private final Roster roster;
    private final BusinessClock clock;

    ReadCommand(Circulars circulars, ClassDay day, Roster roster, BusinessClock clock) {
        this.circulars = circulars;
        this.day = day;
        this.roster = roster;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 85;
    }

    @Override
    public String key() {
        return "read";
    }

    @Override
    public String word() {
        return "已读";
    }

    @Override
    public List<String> says() {
        return List.of("未读", "谁没看", "谁没读", "谁看了", "谁没回", "重要通知");
    }

    @Override
    public String help() {
        return "已读 · 重要通知谁知道了、谁还没有，可以再提醒一次";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) || ClassDay.seesAll(who);
    }

    @Override
    public StaffReply said(Said said) {
        List<Long> reach = day.reach(said.who());
        List<Circular> latest = circulars.latest(reach, SHOWN);
        if (latest.isEmpty()) {
            return StaffReply.of("还没有发过重要通知。").next("群发", "写一份");
        }
        StaffReply reply = StaffReply.of("最近的重要通知：");
        for (Circular one : latest) {
            List<Long> unread = circulars.readers(one.id(), reach).stream()
                    .filter(reader -> reader.readAt() == null)
                    .map(Circulars.Reader::memberId)
                    .toList();
            Map<Long, String> names = roster.names(unread);
            Card card = Card.of(
                            one.title(),
                            unread.isEmpty()
                                    ? "全都知道了"
                                    : "没回的："
                                            + unread.stream()
                                                    .limit(NAMES)
                                                    .map(names::get)
                                                    .collect(Collectors.joining("、"))
                                            + (unread.size() > NAMES ? "等" : ""))
                    .row("发出", Days.said(one.madeOn(), clock.today()))
                    .row("知道了", one.read() + "家")
                    .row("没回", unread.isEmpty() ? "" : unread.size() + "家")
                    .at("/t/" + Tenant.current() + "/circulars/" + one.id());
            reply = reply.card(0, unread.isEmpty() ? card : card.button("再提醒没回的", "read:again:" + one.id()));
        }
        return reply;
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        Circulars.Reminded reminded = circulars.remind(
                pressed.id(), day.reach(pressed.who()), pressed.who().username());
        return StaffReply.of(reminded.said()).settles(reminded.told() == 0 ? "没有要提醒的" : "已提醒" + reminded.told() + "家");
    }
}
