package io.homeroom.chat;

import io.homeroom.governance.Excuses;
import io.homeroom.governance.Meetings;
import io.homeroom.governance.Sitting;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** 请假: whoever is invited to a meeting says that it will not come, or who comes instead, after hearing what follows. */
@Component
class ExcuseAnswers {

    private static final int SHOWN = 5;
    private static final Pattern STAND_IN = Pattern.compile("(?:由|派|让|请|委托)\\s*(外单位的?|外单位：)?\\s*([\\p{IsHan}A-Za-z·."
            + " ]{2,20}?)\\s*(?:代为出席|代替出席|代为参加|代替|代会|代|替|出席|参加|去).*");
    private static final Pattern EXCUSED = Pattern.compile("(?:1|１|一|请假|不派人|不参加|不去)[\\s，,。：:]*(.*)");
    private static final Pattern COMES = Pattern.compile("(?:2|２|二|还是参加|参加|出席|能去|能参加|销假)[。]?");

    private final Excuses excuses;
    private final Roster roster;
    private final Memory memory;
    private final Lawbook laws;
    private final BusinessClock clock;

    ExcuseAnswers(Excuses excuses, Roster roster, Memory memory, Lawbook laws, BusinessClock clock) {
        this.excuses = excuses;
        this.roster = roster;
        this.memory = memory;
        this.laws = laws;
        this.clock = clock;
    }

    /** Which meeting; with one it goes straight to what can be said about it. */
    Reply list(String openid, long member, String text) {
        List<Sitting> invited = excuses.invited(member);
        List<Sitting> named =
                invited.stream().filter(one -> text.contains(one.body())).toList();
        List<Sitting> among = named.isEmpty() ? invited : named;
        if (among.isEmpty()) {
            return Screen.of("目前没有等你单位参加的会议，不用请假。")
                    .suggest("状态", "看现在的情况")
                    .suggest("人工", "问秘书处")
                    .reply();
        }
        if (among.size() == 1) {
            return ask(openid, member, among.get(0));
        }
        List<Sitting> shown = among.subList(0, Math.min(SHOWN, among.size()));
        memory.ask(
                openid,
                new Question.ChooseSitting(
                        member, shown.stream().map(Sitting::id).toList()));
        Screen screen = Screen.of("哪一次会议？回复数字：");
        for (int i = 0; i < shown.size(); i++) {
            screen.line((i + 1) + " " + said(shown.get(i)));
        }
        return screen.reply();
    }

    /** What can be said about a meeting, and what comes of it. */
    Reply ask(String openid, long memberId, long sitting) {
        return excuses.invited(memberId).stream()
                .filter(one -> one.id() == sitting)
                .findFirst()
                .map(one -> ask(openid, memberId, one))
                .orElseGet(() ->
                        Screen.of("这次会议已经开始或取消，不能再请假。").suggest("人工", "问秘书处").reply());
    }

    private Reply ask(String openid, long memberId, Sitting sitting) {
        memory.ask(openid, new Question.ExcuseSitting(memberId, sitting.id()));
        Rulebook law = laws.of(clock.today());
        Member member = roster.get(memberId);
        Excuses.Terms terms = excuses.terms(sitting.body(), member);
        Sitting.Seat before = excuses.said(sitting.id(), memberId);
        Screen screen = Screen.of(
                said(sitting) + (sitting.place().isEmpty() ? "" : "，" + sitting.place()) + "。",
                before == null
                        ? ""
                        : "现在记的是：" + before.mark().word() + (before.note().isEmpty() ? "" : " " + before.note()) + "。");
        if (terms.counts()) {
            screen.claim("请假仍记为一次缺席", law.cite(terms.cite()));
        }
        screen.line("回复「1」请假，后面可以写原因" + (before == null ? "" : "；「2」还是参加") + "。");
        if (terms.standIn()) {
            screen.claim("派人来算出席，回复「由 王力 代」" + (terms.othersToo() ? "" : "，须是本单位的人"), law.cite(terms.standInCite()));
        } else {
            screen.claim("须本人出席，不能派人代", law.cite(terms.standInCite()));
        }
        return screen.suggest("取消", "照常参加").reply();
    }

    private String said(Sitting sitting) {
        return Days.said(sitting.day(), clock.today())
                + (sitting.starts().isEmpty() ? "" : " " + sitting.starts())
                + " " + sitting.body()
                + (sitting.remote() ? "（通讯）" : "");
    }

    /** What the open question makes of the words; empty if they are about something else. */
    Optional<Reply> answer(String openid, Question.ExcuseSitting asked, String text) {
        String said = text.strip();
        Matcher standIn = STAND_IN.matcher(said);
        Matcher excused = EXCUSED.matcher(said);
        String by = "member:" + asked.member();
        if (standIn.matches()) {
            Meetings.StandIn from = standIn.group(1) == null ? Meetings.StandIn.OWN : Meetings.StandIn.OTHER;
            return Optional.of(told(
                    openid, asked, excuses.excuse(asked.sitting(), asked.member(), standIn.group(2), from, "", by)));
        }
        if (COMES.matcher(said).matches()) {
            memory.settle(openid);
            Outcome<Sitting> comes = excuses.comes(asked.sitting(), asked.member(), by);
            return Optional.of(
                    comes instanceof Outcome.Refused<Sitting> refused
                            ? refused(refused)
                            : Screen.of("记下了：照常参加。")
                                    .suggest("请假", "再改")
                                    .suggest("状态", "看现在的情况")
                                    .reply());
        }
        if (excused.matches()) {
            return Optional.of(told(
                    openid,
                    asked,
                    excuses.excuse(asked.sitting(), asked.member(), null, Meetings.StandIn.OWN, excused.group(1), by)));
        }
        return Optional.empty();
    }

    private Reply told(String openid, Question.ExcuseSitting asked, Outcome<Sitting.Seat> outcome) {
        if (outcome instanceof Outcome.Refused<Sitting.Seat> refused) {
            // The question stays open: another name may fit.
            memory.ask(openid, asked);
            return refused(refused);
        }
        memory.settle(openid);
        Sitting.Seat seat = outcome.get();
        return Screen.of(
                        "记下了：" + seat.mark().word() + (seat.note().isEmpty() ? "" : "，" + seat.note()) + "。已告诉秘书处。",
                        "会议开始前改主意，再回复「请假」。")
                .suggest("请假", "再改")
                .suggest("状态", "看现在的情况")
                .reply();
    }

    private Reply refused(Outcome.Refused<?> refused) {
        return new Screen()
                .claim(
                        "没有记下：" + refused.refusal().reason(),
                        laws.of(clock.today()).cite(refused.refusal().clauses()))
                .suggest("请假", "再看一次")
                .suggest("人工", "问秘书处")
                .reply();
    }
}
