package io.homeroom.console;

import io.homeroom.casework.Candidacies;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Undertakings;
import io.homeroom.casework.Undertakings.State;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Registers kept by resolution, of working groups and projects, and the list of candidates. */
@Controller
class RegisterPages {

    private record Entry(
            String name,
            String lead,
            Words.Chip state,
            String changed,
            String note,
            String decisionHref,
            @Nullable String moveHref,
            int version) {}

    private record Register(String name, String cites, String body, List<Entry> entries, List<Option> decisions) {}

    private record Person(String person, String unit, String href) {}

    private record View(
            String href, List<Register> registers, String post, String postCites, List<Person> candidates) {}

    private static final int MOST = 500;

    private final Undertakings undertakings;
    private final Candidacies candidacies;
    private final Roster roster;
    private final Lawbooks lawbooks;

    RegisterPages(Undertakings undertakings, Candidacies candidacies, Roster roster, Lawbooks lawbooks) {
        this.undertakings = undertakings;
        this.candidacies = candidacies;
        this.roster = roster;
        this.lawbooks = lawbooks;
    }

    /** Whether there is anything to show. */
    static boolean has(Rulebook book) {
        return !book.registers().isEmpty() || book.candidates() != null;
    }

    @GetMapping("/console/{code}/registers")
    String show(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        Rulebook book = lawbooks.of(visitor.code());
        if (!has(book)) {
            throw new NotHere("本协会的规则没有要登记的工作组、项目，也没有候选人名单，所以没有登记簿。");
        }
        List<Undertakings.Undertaking> all = undertakings.list(MOST);
        Map<Long, Member> leads = roster.findAll(all.stream()
                .map(Undertakings.Undertaking::lead)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList());
        List<Register> registers = new ArrayList<>();
        book.registers()
                .forEach((name, rule) -> registers.add(new Register(
                        name,
                        Words.cites(rule.cite()),
                        rule.body(),
                        all.stream()
                                .filter(one -> one.register().equals(name))
                                .map(one -> entry(visitor, one, leads))
                                .toList(),
                        undertakings.decisions(name).stream()
                                .map(decision -> new Option(Long.toString(decision.id()), said(decision), false))
                                .toList())));
        Rulebook.Candidates candidates = book.candidates();
        model.addAttribute(
                "registers",
                new View(
                        visitor.at("registers"),
                        registers,
                        candidates == null ? "" : candidates.post(),
                        candidates == null ? "" : Words.cites(candidates.cite()),
                        candidacies.list().stream()
                                .map(one -> new Person(
                                        one.person(),
                                        one.member().name(),
                                        visitor.at("members/" + one.member().id())))
                                .toList()));
        return "console/registers";
    }

    private static String said(CaseView decision) {
        return decision.subject() + "，" + decision.openedOn() + "提出";
    }

    private static Entry entry(Visitor visitor, Undertakings.Undertaking one, Map<Long, Member> leads) {
        Member lead = one.lead() == null ? null : leads.get(one.lead());
        return new Entry(
                one.name(),
                lead == null ? "" : lead.name(),
                new Words.Chip(
                        one.state().word(),
                        switch (one.state()) {
                            case RUNNING -> "info";
                            case DONE -> "good";
                            case STOPPED -> "";
                        }),
                one.changed().toString(),
                one.note(),
                visitor.at("cases/" + one.decision()),
                one.state() == State.RUNNING ? visitor.at("registers/" + one.id()) : null,
                one.version());
    }

    @PostMapping("/console/{code}/registers")
    String enter(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        Long decision = form.key("decision");
        List<Member> lead = form.get("lead").isEmpty() ? List.of() : RaisingPages.named(roster, form, "lead");
        if (decision == null || !form.fits() || lead.size() > 1) {
            next.addFlashAttribute("refused", new Frame.Refused("请选通过的决议；牵头单位写一家会员的全称，也可以不写。", ""));
        } else {
            Refusals.told(
                    undertakings.enter(
                            form.get("register"),
                            form.get("name"),
                            decision,
                            lead.isEmpty() ? null : lead.get(0).id(),
                            visitor.username()),
                    "已登记，并报告有关机构。",
                    next);
        }
        return "redirect:" + visitor.at("registers");
    }

    @PostMapping("/console/{code}/registers/{id:\\d{1,19}}")
    String move(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        State state = State.of(form.get("state")).orElse(null);
        Integer version = MeetingPages.number(form.get("version"));
        if (undertakings.find(id).isEmpty()) {
            throw new NotHere();
        }
        if (state == null || version == null) {
            next.addFlashAttribute("refused", new Frame.Refused("请选进展。", ""));
        } else {
            Refusals.told(
                    undertakings.move(id, version, state, form.get("note"), visitor.username()), "已记下，并报告有关机构。", next);
        }
        return "redirect:" + visitor.at("registers");
    }
}
