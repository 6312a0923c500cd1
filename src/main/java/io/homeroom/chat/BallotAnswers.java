package io.homeroom.chat;

import io.homeroom.casework.Ballots;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.BallotBox;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Voting by message, for whoever speaks for an elector. A choice is never repeated to the voter nor kept with what was
 * said: the confirmation itself says it, so that nothing joins the dialogue to a secret vote.
 */
@Component
class BallotAnswers {

    /** What stands in the dialogue in place of a choice. */
    static final String UNSAID = "（表决内容不记录）";

    private final Ballots ballots;
    private final Memory memory;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final PayLinks links;

    BallotAnswers(Ballots ballots, Memory memory, Lawbook laws, BusinessClock clock, PayLinks links) {
        this.ballots = ballots;
        this.memory = memory;
        this.laws = laws;
        this.clock = clock;
        this.links = links;
    }

    /** Whether words name a choice; such words are not kept. */
    static boolean tells(String letters) {
        return letters.contains("同意") || letters.contains("反对") || letters.contains("弃权") || letters.contains("赞成");
    }

    /** What a member is asked to vote on; with one ballot it goes straight to the choice. */
    Reply list(String openid, long member) {
        List<Ballot> open = ballots.openTo(member);
        if (open.isEmpty()) {
            Screen screen = Screen.of("目前没有等你单位表决的事项。");
            ballots.of(member, 1).stream()
                    .filter(Ballot::isDone)
                    .findFirst()
                    .ifPresent(last -> screen.line("最近一次：「" + last.title() + "」"
                            + (last.outcome() == null ? "" : last.outcome().word()) + "。"));
            return screen.suggest("状态", "看现在的情况").suggest("帮助", "看能办什么").reply();
        }
        if (open.size() == 1) {
            return ask(openid, member, open.get(0));
        }
        List<Ballot> shown = open.subList(0, Math.min(5, open.size()));
        memory.ask(
                openid,
                new Question.ChooseBallot(member, shown.stream().map(Ballot::id).toList()));
        Screen screen = Screen.of("有" + open.size() + "件等你单位表决，回复数字选一件：");
        for (int i = 0; i < shown.size(); i++) {
            screen.line((i + 1) + " " + shown.get(i).title());
        }
        return screen.line("全部：" + links.page("ballots")).reply();
    }

    /** Lays one ballot before the voter. */
    Reply ask(String openid, long member, long ballot) {
        return ballots.openTo(member).stream()
                .filter(open -> open.id() == ballot)
                .findFirst()
                .map(open -> ask(openid, member, open))
                .orElseGet(() -> list(openid, member));
    }

    private Reply ask(String openid, long member, Ballot ballot) {
        memory.ask(openid, new Question.CastBallot(member, ballot.id()));
        Rulebook law = laws.of(Tenant.current(), clock.today());
        LocalDate last = ballot.closesOn();
        boolean voted = ballots.hasVoted(ballot.id(), member);
        return Screen.of(
                        ballot.body() + "表决：" + ballot.title() + law.cite(ballot.clauses()) + "。",
                        (ballot.secret() ? "无记名，谁也看不到你单位投了什么" : "记名，结束后列入记录")
                                + (last == null ? "；会上截止。" : "；" + Days.said(last, clock.today()) + "截止。"),
                        voted ? "你单位已投过；再投一次，以后一次为准。" : "一家一票，截止前可以改。",
                        "1 同意  2 反对  3 弃权",
                        "也可在页面上投：" + links.page("ballots/" + ballot.id()))
                .reply();
    }

    /**
     * What an open ballot makes of the words; empty if they are about something else.
     *
     * @param letters the words, bare
     * @param number 1 to 3 if a number was said, else 0
     */
    Optional<Reply> cast(String openid, Question.CastBallot asked, String letters, int number) {
        Optional<Choice> confirmed = letters.startsWith("确认") ? choice(letters.substring(2), 0) : Optional.empty();
        if (confirmed.isEmpty()) {
            if (choice(letters, number).isEmpty()) {
                return Optional.empty();
            }
            memory.ask(openid, asked);
            return Optional.of(Screen.of("收到。请核对后连同选择再回复一次，就投出：", "「确认同意」「确认反对」或「确认弃权」。", "为保密，这里不重复你选了什么。")
                    .suggest("取消", "先不投")
                    .reply());
        }
        memory.settle(openid);
        Outcome<BallotBox.Receipt> outcome = ballots.cast(asked.ballot(), asked.member(), confirmed.get());
        if (outcome instanceof Outcome.Refused<BallotBox.Receipt> refused) {
            Rulebook law = laws.of(Tenant.current(), clock.today());
            return Optional.of(new Screen()
                    .claim(
                            "没有投成：" + refused.refusal().reason(),
                            law.cite(refused.refusal().clauses()))
                    .suggest("表决", "再看一次")
                    .suggest("人工", "问班主任")
                    .reply());
        }
        BallotBox.Receipt receipt = outcome.get();
        return Optional.of(Screen.of(
                        receipt.changed() ? "已改，以这一次为准。" : "已投，已计入。",
                        "回执 " + receipt.code() + "：在表决页输入它，可查这张票是否计入；它不说明投了什么。",
                        "截止前都可以改。")
                .suggest("表决", "再看或改票")
                .suggest("状态", "看现在的情况")
                .reply());
    }

    private static Optional<Choice> choice(String word, int number) {
        return switch (word) {
            case "同意", "赞成", "投同意", "我同意", "1" -> Optional.of(Choice.FOR);
            case "反对", "不同意", "投反对", "我反对", "2" -> Optional.of(Choice.AGAINST);
            case "弃权", "投弃权", "我弃权", "3" -> Optional.of(Choice.ABSTAIN);
            default ->
                switch (number) {
                    case 1 -> Optional.of(Choice.FOR);
                    case 2 -> Optional.of(Choice.AGAINST);
                    case 3 -> Optional.of(Choice.ABSTAIN);
                    default -> Optional.empty();
                };
        };
    }
}
