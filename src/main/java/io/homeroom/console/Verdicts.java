package io.homeroom.console;

import io.homeroom.member.Member;
import io.homeroom.member.Standing;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Ruling;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where a member stands, in one sentence with its clause, and what comes next: as the review explains it. */
@Component
class Verdicts {

    record Step(String text, String cites) {}

    record Verdict(String text, String cites, List<Step> next) {}

    private static final int MOST = 4;

    private final Explain explain;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    Verdicts(Explain explain, Lawbooks lawbooks, BusinessClock clock) {
        this.explain = explain;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    Verdict of(Visitor visitor, Member member) {
        LocalDate today = clock.today();
        Explanation explanation = explain.explain(member.id(), today);
        List<Finding> findings = explanation.findings();
        List<Step> next = new ArrayList<>();
        Set<String> bills = new HashSet<>();
        for (Finding one : findings) {
            // Of several findings about one bill only the gravest is said.
            boolean fresh = bills.add(one.facts().getOrDefault("bill", one.code() + one.says()));
            if (fresh && !one.equals(findings.get(0))) {
                next.add(new Step(stop(one.says()), Words.cites(one.clauses())));
            }
        }
        for (Ruling.Step step : explanation.ahead()) {
            next.add(new Step(
                    Words.dayOfWeek(step.day(), today) + "，" + Words.left(step.day(), today) + "：" + stop(step.says()),
                    Words.cites(step.clauses())));
        }
        List<Step> shown = new ArrayList<>(next.subList(0, Math.min(MOST, next.size())));
        if (explanation.ends() != null) {
            shown.add(new Step(stop(explanation.ends()), ""));
        }
        if (findings.isEmpty()) {
            return new Verdict(standing(member, today) + quiet(visitor, member), fees(visitor, member), shown);
        }
        Finding gravest = findings.get(0);
        return new Verdict(standing(member, today) + stop(gravest.says()), Words.cites(gravest.clauses()), shown);
    }

    private static String stop(String text) {
        return text.endsWith("。") ? text : text + "。";
    }

    private static String standing(Member member, LocalDate today) {
        LocalDate suspended = member.suspendedSince();
        LocalDate ended = member.endedOn();
        return switch (member.standing()) {
            case ACTIVE -> member.grade() + "，资格正常。";
            case SUSPENDED -> "会员权利" + (suspended == null ? "" : "自" + Words.day(suspended, today) + "起") + "暂停。";
            case APPLICANT -> "正在申请入会。";
            case ENDED ->
                Words.ended(member.endedAs()) + (ended == null ? "" : "，" + Words.day(ended, today) + "起") + "。";
            case NONE -> "不是会员。";
        };
    }

    private String quiet(Visitor visitor, Member member) {
        if (member.standing() != Standing.ACTIVE) {
            return "";
        }
        return !lawbooks.dues(visitor.code()) ? "本协会不收会费。" : "会费已缴清。";
    }

    private String fees(Visitor visitor, Member member) {
        Rulebook book = lawbooks.of(visitor.code());
        List<String> clauses = Optional.ofNullable(book.fees()).map(Fees::cite).orElse(book.noFee());
        return member.standing().belongs() ? book.cite(clauses) : "";
    }
}
