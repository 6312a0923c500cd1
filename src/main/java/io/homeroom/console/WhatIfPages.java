package io.homeroom.console;

import io.homeroom.casework.Editions;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.review.Impact;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A member on another day, and everybody under another rulebook: looked at without changing anything. */
@Controller
class WhatIfPages {

    private record Line(String day, String text, String cites) {}

    private record DayView(
            String name,
            String back,
            String day,
            @Nullable String fault,
            String title,
            String sentence,
            List<Line> findings,
            List<Line> ahead,
            String caveat,
            String next) {}

    private record ImpactView(
            String title,
            String text,
            String through,
            List<String> faults,
            @Nullable Weighed weighed) {}

    private final Roster roster;
    private final Explain explain;
    private final Impact impact;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    WhatIfPages(Roster roster, Explain explain, Impact impact, Lawbooks lawbooks, BusinessClock clock) {
        this.roster = roster;
        this.explain = explain;
        this.impact = impact;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/what-if")
    String day(
            Visitor visitor, @PathVariable long id, @RequestParam(required = false) @Nullable String day, Model model) {
        Member member = roster.find(id).filter(visitor::looksAfter).orElseThrow(NotHere::new);
        LocalDate today = clock.today();
        LocalDate wanted = day == null ? today : date(day);
        String fault = wanted == null || !Explain.reaches(wanted, today) ? "日期写成 2026-07-01 这样，1949年以来、二十年以内。" : null;
        LocalDate shown = wanted == null || fault != null ? today : wanted;
        Explanation explained = explain.explain(id, shown);
        model.addAttribute(
                "view",
                new DayView(
                        member.name(),
                        visitor.at("members/" + id),
                        shown.toString(),
                        fault,
                        Words.dayOfWeek(shown),
                        explained.sentence(),
                        explained.findings().stream()
                                .map(finding -> new Line(
                                        finding.since() == null ? "" : Words.day(finding.since(), shown) + "起",
                                        finding.says() + "；" + finding.ends(),
                                        Words.cites(finding.clauses())))
                                .toList(),
                        explained.ahead().stream()
                                .map(step -> new Line(
                                        Words.day(step.day(), shown), step.says(), Words.cites(step.clauses())))
                                .toList(),
                        explained.caveat(),
                        explained.next() == null ? "" : Words.day(explained.next(), shown)));
        return "console/what-if";
    }

    @GetMapping("/console/{code}/rules/impact")
    String ask(Visitor visitor, Model model) {
        mayAsk(visitor);
        model.addAttribute("impact", view(visitor, "", impact.usualEnd(), List.of(), null));
        return "console/impact";
    }

    @PostMapping("/console/{code}/rules/impact")
    String weigh(
            Visitor visitor,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable String through,
            Model model) {
        mayAsk(visitor);
        LocalDate wanted = through == null ? impact.usualEnd() : date(through);
        LocalDate end = wanted == null ? impact.usualEnd() : wanted;
        List<String> faults = new ArrayList<>();
        Weighed weighed = null;
        if (text.length() > Editions.LONGEST) {
            faults.add("规则书太长，最多" + Editions.LONGEST + "个字符。");
        } else {
            Rulebooks.Reading reading = Rulebooks.read("规则书", text);
            reading.faults()
                    .forEach(fault -> faults.add("第" + fault.line() + "行第" + fault.column() + "列：" + fault.message()));
            if (reading.rulebook().isPresent()) {
                try {
                    weighed = Weighed.of(
                            visitor, each -> impact.of(reading.rulebook().get(), end, each));
                } catch (IllegalArgumentException e) {
                    faults.add(e.getMessage() + "。");
                }
            }
        }
        model.addAttribute("impact", view(visitor, text, end, faults, weighed));
        return "console/impact";
    }

    private ImpactView view(
            Visitor visitor, String text, LocalDate through, List<String> faults, @Nullable Weighed weighed) {
        return new ImpactView(lawbooks.of(visitor.code()).title(), text, through.toString(), faults, weighed);
    }

    private static void mayAsk(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
