package io.homeroom.console;

import io.homeroom.casework.Agenda;
import io.homeroom.casework.Ballots;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.governance.Ballot;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Ballot.Result;
import io.homeroom.governance.Ballot.Way;
import io.homeroom.governance.BallotBox;
import io.homeroom.governance.BallotBox.Papers;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ballots as the office sees them: who has voted, never how; opening, papers, the close and what came of it. */
@Controller
class BallotPages {

    record Line(String href, String title, String body, String way, String turnout, String until, Words.Chip state) {}

    private record ListView(List<Line> running, List<Line> past, List<Option> matters, String tomorrow) {}

    record Elector(String id, String name, String href, String word, String tone, boolean paper) {}

    private record View(
            String href,
            String title,
            String cites,
            String sentence,
            Words.Chip state,
            List<String[]> facts,
            int electors,
            int voted,
            List<Elector> roll,
            boolean closable,
            boolean papers,
            boolean choosePaper,
            boolean cancellable,
            String caseHref,
            @Nullable String meetingHref) {}

    private final Ballots ballots;
    private final BallotBox box;
    private final Agenda agenda;
    private final Roster roster;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    BallotPages(Ballots ballots, BallotBox box, Agenda agenda, Roster roster, Lawbooks lawbooks, BusinessClock clock) {
        this.ballots = ballots;
        this.box = box;
        this.agenda = agenda;
        this.roster = roster;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/ballots")
    String list(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        List<Ballot> running = box.running();
        Set<Long> voted = running.stream().map(Ballot::matter).collect(Collectors.toSet());
        List<Option> matters = new ArrayList<>();
        for (String body : lawbooks.of(visitor.code()).bodies().keySet()) {
            for (CaseView matter : agenda.waiting(body)) {
                if (voted.contains(matter.id())) {
                    continue;
                }
                String to = matter.data().getOrDefault("to", "");
                matters.add(new Option(
                        matter.id() + " " + body,
                        body + " · " + matter.subject() + " " + CaseWords.type(matter.type())
                                + (to.isEmpty() ? "" : "（" + to + "）"),
                        false));
            }
        }
        model.addAttribute(
                "ballots",
                new ListView(
                        running.stream().map(ballot -> line(visitor, ballot)).toList(),
                        box.latest(Long.MAX_VALUE, 100).stream()
                                .filter(Ballot::isDone)
                                .map(ballot -> line(visitor, ballot))
                                .toList(),
                        matters,
                        clock.today().plusDays(3).toString()));
        return "console/ballots";
    }

    private Line line(Visitor visitor, Ballot ballot) {
        LocalDate last = ballot.closesOn();
        LocalDate closed = ballot.closedOn();
        return new Line(
                visitor.at("ballots/" + ballot.id()),
                ballot.title(),
                ballot.body(),
                ballot.way().word() + (ballot.secret() ? "，无记名" : "，记名"),
                (ballot.present() == null ? ballot.voted() : ballot.present()) + "/" + ballot.electors(),
                closed != null ? closed.toString() : last == null ? "会上截止" : Words.dayOfWeek(last, clock.today()),
                chip(ballot));
    }

    private static Words.Chip chip(Ballot ballot) {
        Result outcome = ballot.outcome();
        if (outcome == null) {
            return new Words.Chip(
                    ballot.isToCount() ? "待清点" : ballot.state().word(), ballot.isOpen() ? "info" : "warn");
        }
        return new Words.Chip(
                outcome.word(),
                switch (outcome) {
                    case PASSED -> "good";
                    case FAILED -> "bad";
                    case COUNTED -> "info";
                    case VOID -> "warn";
                });
    }

    @PostMapping("/console/{code}/ballots")
    String open(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        String[] matter = form.get("matter").split(" ", 2);
        Long id = Forms.key(Map.of("id", matter[0]), "id");
        Long sitting = form.key("sitting");
        Way way = Arrays.stream(Way.values())
                .filter(known -> known.name().equals(form.get("way")))
                .findFirst()
                .orElse(null);
        String back = "redirect:" + visitor.at(sitting == null ? "ballots" : "meetings/" + sitting);
        if (id == null
                || matter.length < 2
                || way == null
                || form.get("special").length() > 200) {
            next.addFlashAttribute("refused", new Frame.Refused("请选要表决的事项和方式；理由最多200字。", ""));
            return back;
        }
        Outcome<Ballot> opened = ballots.open(new Ballots.Wish(
                id,
                matter[1],
                way,
                form.get("secret").equals("true"),
                way.isRemote() ? MeetingPages.day(form.get("closes")) : null,
                form.get("special"),
                sitting,
                visitor.username()));
        if (opened instanceof Outcome.Refused<Ballot> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
            return back;
        }
        next.addFlashAttribute("done", "表决已开始，名册" + opened.get().electors() + "家。");
        return "redirect:" + visitor.at("ballots/" + opened.get().id());
    }

    private Ballot ballot(Visitor visitor, long id) {
        MeetingPages.office(visitor);
        return box.find(id).orElseThrow(NotHere::new);
    }

    @GetMapping("/console/{code}/ballots/{id}")
    String show(Visitor visitor, @PathVariable long id, Model model) {
        Ballot ballot = ballot(visitor, id);
        LocalDate last = ballot.closesOn();
        LocalDate today = clock.today();
        boolean meeting = ballot.way() == Way.MEETING;
        Long sitting = ballot.sitting();
        boolean everybody = ballot.voted() == ballot.electors();
        model.addAttribute(
                "ballot",
                new View(
                        visitor.at("ballots/" + id),
                        ballot.title(),
                        Words.cites(ballot.clauses()),
                        sentence(ballot),
                        chip(ballot),
                        facts(ballot),
                        ballot.electors(),
                        ballot.voted(),
                        roll(visitor, ballot),
                        ballot.isToCount()
                                || ballot.isOpen() && (meeting || everybody || last == null || today.isAfter(last)),
                        meeting || ballot.secret() && ballot.papers() > 0,
                        !ballot.secret(),
                        !ballot.isDone() && !ballot.isToCarryOut(),
                        visitor.at("cases/" + ballot.matter()),
                        sitting == null ? null : visitor.at("meetings/" + sitting)));
        return "console/ballot";
    }

    private String sentence(Ballot ballot) {
        if (ballot.isDone()) {
            return ballot.says() + "。";
        }
        if (ballot.isToCount()) {
            return "已截止，登记收到纸票" + ballot.papers() + "张，等清点。";
        }
        LocalDate last = ballot.closesOn();
        return "名册" + ballot.electors() + "家，已投" + ballot.voted() + "家；"
                + (last == null
                        ? "会上截止。"
                        : Words.dayOfWeek(last, clock.today()) + "截止，" + Words.left(last, clock.today())
                                + "。次日自动计票并执行。");
    }

    private static List<String[]> facts(Ballot ballot) {
        List<String[]> facts = new ArrayList<>();
        facts.add(new String[] {"机构", ballot.body()});
        facts.add(new String[] {"方式", ballot.way().word()});
        facts.add(new String[] {"记名", ballot.secret() ? "无记名：谁也看不到各家投了什么" : "记名：结束后列出"});
        if (!ballot.special().isEmpty()) {
            facts.add(new String[] {"特殊情况", ballot.special()});
        }
        facts.add(new String[] {"开始", ballot.openedOn().toString()});
        facts.add(new String[] {"开始时席位", Integer.toString(ballot.seats())});
        return facts;
    }

    private List<Elector> roll(Visitor visitor, Ballot ballot) {
        Map<Long, String> electors = box.electors(ballot.id());
        boolean papers = ballot.isOpen() && ballot.way().isRemote();
        return roster.findAll(electors.keySet()).values().stream()
                .sorted(Comparator.comparing(Member::name))
                .map(member -> {
                    String voted = electors.getOrDefault(member.id(), "no");
                    return new Elector(
                            Long.toString(member.id()),
                            member.name(),
                            visitor.at("members/" + member.id()),
                            switch (voted) {
                                case "no" -> ballot.isOpen() ? "还没投" : "未投";
                                case "online" -> "已投";
                                case "paper" -> "收到纸票";
                                default -> voted;
                            },
                            voted.equals("no") ? "" : "good",
                            papers && voted.equals("no"));
                })
                .toList();
    }

    @PostMapping("/console/{code}/ballots/{id}/papers/{member}")
    String paper(
            Visitor visitor,
            @PathVariable long id,
            @PathVariable long member,
            @RequestParam(defaultValue = "") String choice,
            RedirectAttributes next) {
        Ballot ballot = ballot(visitor, id);
        Choice said = Arrays.stream(Choice.values())
                .filter(known -> known.name().equals(choice))
                .findFirst()
                .orElse(null);
        return told(
                box.paper(id, member, ballot.secret() ? null : said, visitor.username()),
                "已登记收到纸质表决票。",
                visitor,
                id,
                next);
    }

    @PostMapping("/console/{code}/ballots/{id}/close")
    String close(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        ballot(visitor, id);
        Forms form = Forms.of(sent);
        List<Integer> counts = new ArrayList<>();
        for (String field : List.of("for", "against", "abstain")) {
            Integer count = form.get(field).isEmpty() ? Integer.valueOf(0) : MeetingPages.number(form.get(field));
            if (count == null) {
                next.addFlashAttribute("refused", new Frame.Refused("票数请填整数。", ""));
                return "redirect:" + visitor.at("ballots/" + id);
            }
            counts.add(count);
        }
        return told(
                ballots.close(id, new Papers(counts.get(0), counts.get(1), counts.get(2)), visitor.username()),
                "表决已结束，结果已执行。",
                visitor,
                id,
                next);
    }

    @PostMapping("/console/{code}/ballots/{id}/cancel")
    String cancel(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String why,
            RedirectAttributes next) {
        ballot(visitor, id);
        String reason = why.strip();
        return told(
                ballots.cancel(id, reason.length() > 200 ? reason.substring(0, 200) : reason, visitor.username()),
                "表决已撤销，已投的票不计入。",
                visitor,
                id,
                next);
    }

    private static String told(
            Outcome<Ballot> outcome, String done, Visitor visitor, long id, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<Ballot> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + visitor.at("ballots/" + id);
    }
}
