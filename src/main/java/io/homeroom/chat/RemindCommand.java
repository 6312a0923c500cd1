package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Debt;
import io.homeroom.classroom.Reminders;
import io.homeroom.desk.Card;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 提醒: one member now, or all of the class who owe after a confirmation. Always one to one. */
@Component
class RemindCommand implements Command {

    private static final List<String> ALL = List.of("全部", "所有", "都提醒", "全班", "一起");
    private static final int NAMES = 12;

    private final Naming naming;
    private final ClassDay day;
    private final Reminders reminders;
    private final BusinessClock clock;

    RemindCommand(Naming naming, ClassDay day, Reminders reminders, BusinessClock clock) {
        this.naming = naming;
        this.day = day;
        this.reminders = reminders;
        this.clock = clock;
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public String key() {
        return "remind";
    }

    @Override
    public String word() {
        return "提醒";
    }

    @Override
    public List<String> says() {
        return List.of("发提醒", "提醒一下", "催一下", "发催缴", "提醒缴费");
    }

    @Override
    public String help() {
        return "提醒 江城建工 · 提醒 全部（只私下提醒，每家一天最多一次）";
    }

    @Override
    public boolean open(StaffMember who) {
        return day.chases(who);
    }

    @Override
    public boolean ofDues() {
        return true;
    }

    @Override
    public StaffReply said(Said said) {
        String rest = said.rest().strip();
        if (rest.isEmpty() || ALL.contains(rest)) {
            return offerAll(said.who());
        }
        Naming.Named named = naming.of(said.who(), rest);
        return named.clear() ? one(said.who(), named.member()) : naming.which(this, said.who(), named, Map.of());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return naming.picked(said, facts).map(named -> one(said.who(), named.member()));
    }

    private StaffReply offerAll(StaffMember who) {
        List<Debt> debts = day.debts(who);
        if (debts.isEmpty()) {
            return StaffReply.of("你照看的会员没有逾期的会费，不用提醒。");
        }
        long reached = debts.stream().filter(Debt::bound).count();
        List<String> names =
                debts.stream().limit(NAMES).map(debt -> debt.member().name()).toList();
        return StaffReply.of("将一家一家私下提醒，不进班级群：")
                .card(
                        0,
                        Card.of("提醒欠费的", String.join("、", names) + (debts.size() > NAMES ? "等" : ""))
                                .row("欠费", debts.size() + "家")
                                .row("能送到", reached + "家（其余没有绑定公众号）")
                                .button("确认提醒", "remind:all:" + clock.today())
                                .button("取消", "remind:no"));
    }

    private StaffReply one(StaffMember who, Member member) {
        Outcome<Debt> outcome = reminders.remind(who, member);
        if (outcome instanceof Outcome.Refused<Debt> refused) {
            return StaffReply.of(refused.refusal().reason() + "。");
        }
        Debt debt = outcome.get();
        String before = debt.contact() == null
                ? "此前没有联系记录。"
                : "上次联系："
                        + Days.said(
                                debt.contact().at().atZone(BusinessClock.ZONE).toLocalDate(), clock.today()) + " "
                        + debt.contact().note();
        return StaffReply.of(
                "已提醒" + member.name() + "：" + debt.title() + " " + debt.owed() + "，逾期" + debt.days() + "天。", before);
    }

    @Override
    public StaffReply pressed(Pressed pressed) {
        return switch (pressed.act()) {
            case "one" ->
                naming.touched(pressed)
                        .map(member -> one(pressed.who(), member).settles("已提醒"))
                        .orElseGet(() -> StaffReply.of("这家会员不在你的班里了。").settles("已转出"));
            case "seen" ->
                naming.touched(pressed)
                        .map(member -> {
                            reminders.seen(pressed.who(), member);
                            return StaffReply.of("好的。到日子还没到账，会员会收到提醒。").settles("知道了");
                        })
                        .orElseGet(() -> StaffReply.of("这家会员不在你的班里了。").settles("已转出"));
            case "all" -> all(pressed);
            default -> StaffReply.of("好的，没有提醒。").settles("已取消");
        };
    }

    private StaffReply all(Pressed pressed) {
        if (!pressed.argument().equals(clock.today().toString())) {
            return StaffReply.of("这张卡片是前几天的，名单可能变了。请重新说「提醒 全部」。").settles("已过期");
        }
        Reminders.Round round = reminders.remindAll(pressed.who());
        StaffReply reply = StaffReply.of("已提醒" + round.reminded().size() + "家"
                + (round.spared().isEmpty() ? "。" : "；没有提醒的" + round.spared().size() + "家：")
                + (round.spared().isEmpty() ? "" : "\n" + String.join("\n", round.spared())));
        return reply.settles("已提醒" + round.reminded().size() + "家");
    }
}
