package io.homeroom.chat;

import io.homeroom.ground.Days;
import io.homeroom.member.Member;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Watch;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** 为什么, asked about another day than today: how a member stood then, or would stand if nothing but time passed. */
@Component
class DayAnswers {

    private final Explain explain;
    private final Lawbook laws;
    private final BusinessClock clock;

    DayAnswers(Explain explain, Lawbook laws, BusinessClock clock) {
        this.explain = explain;
        this.laws = laws;
        this.clock = clock;
    }

    /** The answer if the words name a day, be there such a day or not; empty if they are about today. */
    Optional<Reply> why(Member member, String text) {
        LocalDate today = clock.today();
        Optional<String> fault = SaidDays.fault(text, today);
        if (fault.isPresent()) {
            return fault.map(DayAnswers::again);
        }
        List<SaidDays.Found> said = SaidDays.in(text, today);
        LocalDate day = said.isEmpty() ? today : said.get(0).day();
        if (day.equals(today)) {
            return Optional.empty();
        }
        if (!Explain.reaches(day, today)) {
            return Optional.of(again("只能看1949年以来、20年以内的日子"));
        }
        return Optional.of(on(member, day, today));
    }

    private static Reply again(String fault) {
        return Screen.of(fault + "。请写明哪一天，例如「为什么 2027-04-01」。")
                .suggest("为什么", "看今天的")
                .reply();
    }

    private Reply on(Member member, LocalDate day, LocalDate today) {
        Rulebook law = laws.of(day);
        Explanation explained = explain.explain(member.id(), day);
        // That a class teacher is missing is the association's own affair.
        Set<String> unsaid = law.watch().stream()
                .filter(watch -> watch.when().teacherless())
                .map(Watch::id)
                .collect(Collectors.toSet());
        Screen screen = new Screen();
        screen.line(member.name() + "，" + Days.dated(day) + (day.isAfter(today) ? "（假定此后没有新的事）：" : "："));
        explained.findings().stream()
                .filter(finding -> !unsaid.contains(finding.code()))
                .limit(3)
                .forEach(finding ->
                        screen.claim("依据：" + finding.says() + "；" + finding.ends(), law.cite(finding.clauses())));
        if (explained.findings().stream().allMatch(finding -> unsaid.contains(finding.code()))) {
            screen.line("没有触发任何不利的条款。");
        }
        if (!explained.caveat().isEmpty()) {
            screen.line(explained.caveat() + "。");
        }
        explained.ahead().stream()
                .filter(step -> !unsaid.contains(step.rule()))
                .limit(Math.max(0, screen.room() - 1))
                .limit(2)
                .forEach(step -> screen.claim(step.says(), law.cite(step.clauses())));
        return screen.suggest("为什么", "看今天的").suggest("状态", "看现在的情况").reply();
    }
}
