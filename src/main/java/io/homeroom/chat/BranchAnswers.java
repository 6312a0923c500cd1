package io.homeroom.chat;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Enrolments;
import io.homeroom.casework.Enrolments.Enrolment;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Bound;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 分会: in which branches a member is and which there are; it joins and leaves them here as on its page, after hearing
 * what follows (BACCA-10, 27-7).
 */
@Component
class BranchAnswers {

    private static final int SHOWN = 9;
    private static final Pattern LEAVES = Pattern.compile("退出|离开|退掉|不再参加|不参加");
    /** 我们想加入…, 退出…: whatever is named then may be a branch, be its name like one or not. */
    private static final Pattern MOVES =
            Pattern.compile("(?:我们?|我司|本单位|我单位)?(?:想要?|要|申请|报名)*(?:加入|参加|退出|离开|退掉|不再参加|不参加).+");

    private static final Pattern UNKNOWN =
            Pattern.compile("(?:加入|参加|退出|离开)(?!一个|哪|别的|其他|你们|协会|什么|几)(.{2,30}?(?:分会|专委会|专业委员会|工作组))");

    private final Enrolments enrolments;
    private final Roster roster;
    private final Memory memory;
    private final Lawbook laws;
    private final PayLinks links;
    private final BusinessClock clock;

    BranchAnswers(
            Enrolments enrolments, Roster roster, Memory memory, Lawbook laws, PayLinks links, BusinessClock clock) {
        this.enrolments = enrolments;
        this.roster = roster;
        this.memory = memory;
        this.laws = laws;
        this.links = links;
        this.clock = clock;
    }

    /** The answer, if the words name a branch to join or to leave. */
    Optional<Reply> hear(String openid, String letters, @Nullable Bound about) {
        if (about == null || !MOVES.matcher(letters).matches()) {
            return Optional.empty();
        }
        return enrolments
                .of(about.memberId())
                .filter(now -> named(letters, now.branches()).isPresent()
                        || named(letters, now.others()).isPresent())
                .map(now -> answer(openid, about.memberId(), letters));
    }

    /** Where the member stands; what it names is asked back at once, else it chooses. */
    Reply answer(String openid, long member, String letters) {
        Enrolment now = enrolments.of(member).orElse(null);
        if (now == null) {
            return Screen.of("本协会的规则没有分会，会员不用加入分会、工作组一类的机构。")
                    .suggest("状态", "看现在的情况")
                    .suggest("人工", "问活动安排")
                    .reply();
        }
        boolean leaves = LEAVES.matcher(letters).find();
        List<String> among = leaves ? now.branches() : now.others();
        Optional<String> named = named(letters, among);
        if (named.isPresent()) {
            return ask(openid, member, leaves, named.get());
        }
        if (leaves && among.size() == 1 && named(letters, now.others()).isEmpty()) {
            return ask(openid, member, true, among.get(0));
        }
        return list(openid, member, now, leaves, letters);
    }

    private Reply list(String openid, long member, Enrolment now, boolean leaves, String letters) {
        Screen screen = new Screen();
        Matcher unknown = UNKNOWN.matcher(letters);
        if (named(letters, leaves ? now.others() : now.branches()).isEmpty() && unknown.find()) {
            screen.line("没有叫「" + unknown.group(1) + "」的分会。");
        }
        screen.line(
                now.branches().isEmpty()
                        ? "你单位还没有加入分会。"
                        : "你单位在" + String.join("、", now.branches()) + "。会费由"
                                + now.branches().get(0) + "催缴。");
        Refusal against = leaves ? null : against(now);
        List<String> among = leaves ? now.branches() : now.others();
        if (against != null) {
            screen.claim(against.reason(), cite(against.clauses()));
        } else if (!leaves && among.isEmpty()) {
            screen.line("现在没有别的分会可以加入；想知道有哪些，请问秘书处。");
        } else if (!among.isEmpty()) {
            List<String> shown = among.subList(0, Math.min(SHOWN, among.size()));
            memory.ask(openid, new Question.ChooseBranch(member, leaves, shown));
            StringBuilder choices = new StringBuilder(leaves ? "退出哪一个：" : "可以加入：");
            for (int i = 0; i < shown.size(); i++) {
                choices.append(i == 0 ? "" : "  ").append(i + 1).append(' ').append(shown.get(i));
            }
            screen.line(choices.toString());
            screen.claim("回复数字，看清楚再确认", cite(now.cites()));
            if (shown.size() < among.size()) {
                screen.line("还有" + (among.size() - shown.size()) + "个，全部在：" + links.page("branches"));
            }
        }
        if (!leaves && !now.branches().isEmpty()) {
            screen.suggest("退出分会", "要退出的");
        }
        return screen.suggest("权益", "看分会活动的价格").suggest("人工", "问秘书处").reply();
    }

    /** Why the member cannot join one today. */
    private static @Nullable Refusal against(Enrolment now) {
        if (now.against() == null && !now.several() && !now.branches().isEmpty()) {
            return new Refusal(now.cites(), "一个会员只能在一个分会，要先退出" + now.branches().get(0), null);
        }
        return now.against();
    }

    /** What would follow, and whether it shall be so. */
    Reply ask(String openid, long member, boolean leaves, String branch) {
        Enrolment now = enrolments.of(member).orElseThrow();
        Refusal against = leaves ? null : against(now);
        if (against != null) {
            return refused(against);
        }
        memory.ask(openid, new Question.ConfirmBranch(member, leaves, branch));
        List<String> rest =
                now.branches().stream().filter(one -> !one.equals(branch)).toList();
        String fee;
        if (leaves) {
            boolean first =
                    branch.equals(now.branches().isEmpty() ? "" : now.branches().get(0));
            fee = "退出以后它不再联络你单位，它的活动也不再按分会会员的价格"
                    + (first ? "；会费改由" + (rest.isEmpty() ? "协会" : rest.get(0)) + "催缴" : "");
        } else {
            fee = rest.isEmpty() ? "以后由它联络你单位，会费也由它催缴" : "以后它也联络你单位；会费仍由" + rest.get(0) + "催缴";
        }
        return Screen.of((leaves ? "要退出" : "要加入") + branch + "吗？当天生效，协会和分会都会知道。")
                .claim(fee, cite(now.cites()))
                .suggest("确认", leaves ? "退出" : "加入")
                .suggest("取消", "不办了")
                .reply();
    }

    /** The member has said yes: the same door as the page and the desk. */
    Reply confirmed(Question.ConfirmBranch asked) {
        Outcome<CaseView> outcome = asked.leaves()
                ? enrolments.leave(asked.member(), asked.branch(), Enrolments.MEMBER)
                : enrolments.join(asked.member(), asked.branch(), Enrolments.MEMBER);
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            return refused(refused.refusal());
        }
        List<String> now = roster.get(asked.member()).branches();
        return Screen.of(
                        (asked.leaves() ? "已退出" : "已加入") + asked.branch() + "，今天生效。",
                        now.isEmpty() ? "现在不在任何分会。" : "现在在：" + String.join("、", now) + "。")
                .suggest("分会", "再看一次")
                .suggest("权益", "看分会活动的价格")
                .reply();
    }

    private Reply refused(Refusal refusal) {
        return new Screen()
                .claim("没有办成：" + refusal.reason(), cite(refusal.clauses()))
                .suggest("分会", "看有哪些")
                .suggest("人工", "问秘书处")
                .reply();
    }

    /** The longest of these names that the words hold. */
    private static Optional<String> named(String letters, List<String> among) {
        return among.stream().filter(name -> letters.contains(bare(name))).max(Comparator.comparingInt(String::length));
    }

    /** As words are heard: without signs and spaces. */
    private static String bare(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    private String cite(List<String> clauses) {
        return laws.of(clock.today()).cite(clauses);
    }
}
