package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 承诺: notes on which day a member said it would pay. */
@Component
class PromiseCommand extends MemberCommand {

    private final Promises promises;

    PromiseCommand(
            Naming naming, Promises promises, ClassDay day, Roster roster, StaffMemory memory, BusinessClock clock) {
        super(naming, memory, clock, day, roster);
        this.promises = promises;
    }

    @Override
    public int order() {
        return 70;
    }

    @Override
    public String key() {
        return "promise";
    }

    @Override
    public String word() {
        return "承诺";
    }

    @Override
    public List<String> says() {
        return List.of("承诺付款日", "承诺付款", "答应付款", "答应", "付款日");
    }

    @Override
    public String help() {
        return "承诺 江城建工 7月10日 · 到日子没付，第二天提醒你";
    }

    /** A branch notes what its members say about their fees as well. */
    @Override
    public boolean open(StaffMember who) {
        return super.open(who) || day.chases(who);
    }

    @Override
    public boolean ofDues() {
        return true;
    }

    @Override
    public StaffReply said(Said said) {
        Optional<StaffReply> noDay = noDay(said.rest());
        if (noDay.isPresent()) {
            return noDay.get();
        }
        List<SaidDays.Found> days = SaidDays.in(said.rest(), clock.today());
        String rest = SaidDays.without(said.rest(), days);
        if (rest.isBlank()) {
            return StaffReply.of("哪家、哪天付？例如「承诺 江城建工 7月10日」。");
        }
        Naming.Named named = naming.of(said.who(), rest);
        if (!named.clear()) {
            return naming.which(
                    this,
                    said.who(),
                    named,
                    days.isEmpty() ? Map.of() : Map.of("on", days.get(0).day().toString()));
        }
        return days.isEmpty()
                ? ask(said.who(), named.member())
                : record(said.who(), named.member(), days.get(0), named.rest());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        if (isWhich(facts)) {
            return naming.picked(said, facts).map(named -> {
                String on = facts.get("on");
                return on == null
                        ? ask(said.who(), named.member())
                        : record(
                                said.who(),
                                named.member(),
                                SaidDays.in(on, clock.today()).get(0),
                                named.rest());
            });
        }
        List<SaidDays.Found> days = SaidDays.in(said.whole(), clock.today());
        if (days.isEmpty()) {
            return noDay(said.whole());
        }
        return remembered(said, facts)
                .map(found -> record(said.who(), found, days.get(0), SaidDays.without(said.whole(), days)));
    }

    private Optional<StaffReply> noDay(String said) {
        return SaidDays.fault(said, clock.today()).map(fault -> StaffReply.of(fault + "，没有记。请说哪天付，例如「承诺 江城建工 7月10日」。"));
    }

    private StaffReply ask(StaffMember who, Member member) {
        remember(who, member);
        String before = promises.open(member.id())
                .map(promise -> "现在记的是" + Days.said(promise.payOn(), clock.today()) + "。")
                .orElse("");
        return StaffReply.of(member.name() + "承诺哪天付？回复日子，例如「7月10日」「下周五」「月底」。" + before);
    }

    private StaffReply record(StaffMember who, Member member, SaidDays.Found on, String note) {
        Outcome<Promise> outcome = promises.promise(member.id(), on.day(), note, who.username());
        if (outcome instanceof Outcome.Refused<Promise> refused) {
            return StaffReply.of(refused.refusal().reason() + "。");
        }
        memory.settle(who.id());
        return StaffReply.of(
                "记下了：" + member.name() + "承诺" + Days.said(on.day(), clock.today()) + "付款。",
                "那天没到账，第二天你会收到一件待办；到账了自动划掉。");
    }

    /** This week's Friday; from Friday on the next week's, because a day must be left to pay. */
    private StaffReply thisWeek(StaffMember who, Member member) {
        LocalDate today = clock.today();
        LocalDate friday = today.with(TemporalAdjusters.next(DayOfWeek.FRIDAY));
        Outcome<Promise> outcome = promises.promise(member.id(), friday, "班主任记：本周内付款", who.username());
        return outcome instanceof Outcome.Refused<Promise> refused
                ? StaffReply.of(refused.refusal().reason() + "。").settles("没有记下")
                : StaffReply.of(
                                "记下了：" + member.name() + "承诺" + Days.said(friday, today) + "前付款，此前不再发提醒。",
                                "到日子没到账，第二天你会收到一件待办。")
                        .settles("已记承诺");
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        if (pressed.act().equals("week")) {
            return naming.touched(pressed)
                    .map(member -> thisWeek(pressed.who(), member))
                    .orElseGet(() -> StaffReply.of("这家会员不在你的班里了。").settles("已转出"));
        }
        return naming.touched(pressed)
                .map(member -> ask(pressed.who(), member).settles("请回复日子"))
                .orElseGet(() -> StaffReply.of("这家会员不在你的班里了。").settles("已转出"));
    }
}
