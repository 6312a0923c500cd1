package io.homeroom.chat;

import io.homeroom.care.Nomination;
import io.homeroom.care.Nominations;
import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.ReportPeriod;
import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 推荐: names the liaison of a member as outstanding, with a reason in one sentence; the secretariat confirms (WHJX-10-5). */
@Component
class NominateCommand extends MemberCommand {

    private static final int SHOWN = 5;

    private final Nominations nominations;

    NominateCommand(
            Naming naming,
            StaffMemory memory,
            BusinessClock clock,
            ClassDay day,
            Roster roster,
            Nominations nominations) {
        super(naming, memory, clock, day, roster);
        this.nominations = nominations;
    }

    @Override
    public int order() {
        return 85;
    }

    @Override
    public String key() {
        return "nominate";
    }

    @Override
    public String word() {
        return "推荐";
    }

    @Override
    public List<String> says() {
        return List.of("推荐优秀联络员", "优秀联络员", "评优");
    }

    @Override
    public String help() {
        return "推荐 江城建工 通知当天就回 · 推荐优秀联络员，秘书处确认";
    }

    @Override
    public boolean open(StaffMember who) {
        return who.roles().contains(Role.TEACHER) && !nominations.clauses().isEmpty();
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return proposed(said.who());
        }
        Naming.Named named = naming.of(said.who(), said.rest());
        return named.clear()
                ? nominate(said.who(), named.member(), named.rest())
                : naming.which(this, said.who(), named, Map.of());
    }

    private StaffReply proposed(StaffMember who) {
        ReportPeriod period = nominations.period();
        List<Nominations.Candidate> found = nominations.candidates(day.members(who), period);
        if (found.isEmpty()) {
            return StaffReply.of(period.title() + "班里没有可以推荐的：要有联系记录或采用的稿件，且没有逾期。");
        }
        List<String> lines = new ArrayList<>(List.of(period.title() + "可以推荐的优秀联络员："));
        found.stream()
                .limit(SHOWN)
                .forEach(one -> lines.add(one.member().name() + " " + one.person() + "：" + one.figures()));
        lines.add("说「推荐 " + found.get(0).member().name() + " 理由」就提交，秘书处确认。");
        return StaffReply.of(lines.toArray(String[]::new));
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return isWhich(facts)
                ? naming.picked(said, facts).map(named -> nominate(said.who(), named.member(), named.rest()))
                : remembered(said, facts).map(member -> nominate(said.who(), member, said.whole()));
    }

    private StaffReply nominate(StaffMember who, Member member, String why) {
        return naming.notOfTheClass(who, member).orElseGet(() -> nominated(who, member, why));
    }

    private StaffReply nominated(StaffMember who, Member member, String why) {
        if (why.isBlank()) {
            remember(who, member);
            return StaffReply.of("为什么推荐" + member.name() + "的联络员？回复一句理由。");
        }
        ReportPeriod period = nominations.period();
        Outcome<Nomination> made = nominations.nominate(member.id(), period, why, who.username());
        return made instanceof Outcome.Refused<Nomination> refused
                ? StaffReply.of(refused.refusal().reason() + "。")
                : StaffReply.of("已推荐" + made.get().person() + "（" + member.name() + "）为" + period.title() + "优秀联络员，"
                        + made.get().figures() + "。秘书处确认后你会收到消息。");
    }
}
