package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Decision;
import io.homeroom.casework.Enclosures;
import io.homeroom.casework.Itineraries;
import io.homeroom.casework.Itinerary;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.desk.Role;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.portal.ChangeForm;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A case: what is asked, whose turn it is, what has happened, and the forms by which people move it on. */
@Controller
class CasePage {

    private static final Map<String, String> ACTS = Map.ofEntries(
            Map.entry("filed", "收到材料"),
            Map.entry("opened", "提起"),
            Map.entry("answered", "答复"),
            Map.entry("contacted", "班主任联系"),
            Map.entry("said", "说明"),
            Map.entry("claimed", "会员称"),
            Map.entry("asked", "请重交"),
            Map.entry("exempt", "注明不适用"),
            Map.entry("approve", "同意"),
            Map.entry("approved", "通过"),
            Map.entry("reject", "不同意"),
            Map.entry("rejected", "未通过"),
            Map.entry("refer", "提请上级决定"),
            Map.entry("referred", "提请上级决定"),
            Map.entry("lapsed", "终止"),
            Map.entry("passed", "表决通过"),
            Map.entry("failed", "表决未通过"),
            Map.entry("done", "办完"),
            Map.entry("task-done", "办完"),
            Map.entry("unanswered", "答复期满，没有答复"),
            Map.entry("consented", "期满没有答复"),
            Map.entry("nomination", "提名"));

    private static final Map<String, String> FACTS = facts();

    private static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("was", "原为");
        facts.put("to", "改为");
        facts.put("from", "生效");
        facts.put("post", "职务");
        facts.put("until", "至");
        facts.put("year", "年度");
        facts.put("matter", "事项");
        facts.put("count", "名额");
        facts.put("kind", "种类");
        return facts;
    }

    private record View(
            String title,
            Words.Chip outcome,
            String sentence,
            String cites,
            @Nullable String member,
            @Nullable String memberHref,
            List<Timeline.Line> steps,
            List<String> missing,
            List<Option> deciders,
            boolean counted,
            boolean mayDecide,
            boolean mayFile,
            List<Option> answers,
            String href,
            int seen,
            List<String[]> facts) {}

    private final Cases cases;
    private final ChangeForm changeForm;
    private final Enclosures enclosures;
    private final Itineraries itineraries;
    private final Roster roster;
    private final Lawbooks lawbooks;
    private final Lines lines;
    private final BusinessClock clock;

    CasePage(
            Cases cases,
            ChangeForm changeForm,
            Enclosures enclosures,
            Itineraries itineraries,
            Roster roster,
            Lawbooks lawbooks,
            Lines lines,
            BusinessClock clock) {
        this.cases = cases;
        this.changeForm = changeForm;
        this.enclosures = enclosures;
        this.itineraries = itineraries;
        this.roster = roster;
        this.lawbooks = lawbooks;
        this.lines = lines;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/cases/{id}")
    String show(Visitor visitor, @PathVariable long id, Model model) {
        CaseView matter = matter(visitor, id);
        LocalDate today = clock.today();
        Member member = matter.memberId() == null ? null : roster.get(matter.memberId());
        boolean office = visitor.is(Role.ADMIN, Role.SECRETARIAT);
        boolean open = matter.isOpen();
        List<String> deciders = open ? cases.deciders(id) : List.of();
        boolean answering = open && "member".equals(matter.at());
        model.addAttribute(
                "case",
                new View(
                        CaseWords.type(matter.type()),
                        Words.outcome(matter.outcome()),
                        sentence(matter, today),
                        Words.cites(matter.clauses()),
                        member == null ? null : member.name(),
                        member == null ? null : visitor.at("members/" + member.id()),
                        steps(matter),
                        open ? matter.missing() : List.of(),
                        options(deciders, deciders.isEmpty() ? "" : deciders.get(0)),
                        counted(visitor, matter, deciders),
                        office && !deciders.isEmpty() && !answering,
                        open && !matter.missing().isEmpty() && visitor.mayInvite(),
                        answering && visitor.mayInvite() ? answers(matter.type()) : List.of(),
                        visitor.at("cases/" + id),
                        matter.steps().size(),
                        facts(matter)));
        model.addAttribute("form", matter.type().equals("change") ? visitor.at("cases/" + id + "/form.pdf") : null);
        model.addAttribute("reply", ReplyPaper.fits(matter) ? visitor.at("cases/" + id + "/reply.pdf") : null);
        model.addAttribute(
                "files",
                EnclosurePage.mayLook(visitor) ? EnclosurePage.lines(visitor, matter, enclosures.of(id)) : List.of());
        List<Itinerary.Paper> papers =
                open ? itineraries.of(id).map(Itinerary::papers).orElse(List.of()) : List.of();
        model.addAttribute(
                "again",
                EnclosurePage.mayLook(visitor)
                        ? papers.stream()
                                .filter(Itinerary.Paper::filed)
                                .map(Itinerary.Paper::name)
                                .toList()
                        : List.of());
        model.addAttribute(
                "exemptible",
                papers.stream()
                        .filter(paper -> EnclosurePage.mayExempt(visitor, paper))
                        .toList());
        return "console/case";
    }

    /** The form 会员单位联系资料交接通知单 of a change. */
    @GetMapping("/console/{code}/cases/{id}/form.pdf")
    ResponseEntity<byte[]> form(Visitor visitor, @PathVariable long id) {
        matter(visitor, id);
        return changeForm
                .find(id)
                .map(change -> Files.of(changeForm.print(change), MediaType.APPLICATION_PDF, "资料交接通知单.pdf"))
                .orElseThrow(NotHere::new);
    }

    /** The case, if the visitor may see it. */
    CaseView matter(Visitor visitor, long id) {
        return cases.find(id)
                .filter(found -> visitor.only() == null
                        || found.memberId() != null
                                && roster.find(found.memberId())
                                        .filter(visitor::sees)
                                        .isPresent())
                .orElseThrow(NotHere::new);
    }

    private static String sentence(CaseView matter, LocalDate today) {
        if (!matter.isOpen()) {
            LocalDate closed = matter.closedOn();
            return Words.outcome(matter.outcome()).word() + (closed == null ? "" : "，" + Words.day(closed, today))
                    + "。";
        }
        StringBuilder text = new StringBuilder("现在等" + Words.addressee(String.valueOf(matter.at())));
        LocalDate due = matter.due();
        LocalDate from = matter.from();
        if (due != null) {
            text.append("，").append(Words.dayOfWeek(due, today)).append("前，").append(Words.left(due, today));
        }
        if (from != null && from.isAfter(today)) {
            text.append("；最早").append(Words.day(from, today)).append("可以决定");
        }
        return text.append("。").toString();
    }

    private List<Timeline.Line> steps(CaseView matter) {
        Map<String, String> people = new HashMap<>(lines.people());
        List<Timeline.Line> steps = new ArrayList<>();
        for (CaseView.Step step : matter.steps()) {
            String act = ACTS.getOrDefault(step.act(), step.act());
            String said = CaseWords.answer(step.says());
            steps.add(new Timeline.Line(
                    step.on().toString(),
                    told(step.act(), act, said),
                    Words.cites(step.clauses()),
                    Lines.who(people.getOrDefault(step.by(), Words.addressee(step.by())), Map.of()),
                    switch (step.act()) {
                        case "approve", "approved", "passed" -> "good";
                        case "reject", "rejected", "failed" -> "bad";
                        case "lapsed" -> "warn";
                        default -> "";
                    }));
        }
        Collections.reverse(steps);
        return steps;
    }

    private static String told(String code, String act, String said) {
        if (said.isBlank()) {
            return act;
        }
        return code.equals("opened") || said.startsWith("提出") ? said : act + "：" + said;
    }

    /** Whether the step that waits for these deciders counts votes. */
    private boolean counted(Visitor visitor, CaseView matter, List<String> deciders) {
        Rulebook book = lawbooks.of(visitor.code());
        Track track = book.cases().get(matter.type());
        if (track == null) {
            return false;
        }
        List<Track.Stage> stages = new ArrayList<>(track.stages());
        track.matters().values().forEach(stages::addAll);
        return stages.stream().anyMatch(stage -> deciders.contains(stage.at()) && stage.counted() != null);
    }

    private static List<Option> options(List<String> words, String chosen) {
        return words.stream()
                .map(word -> new Option(word, Words.addressee(word), word.equals(chosen)))
                .toList();
    }

    private static List<Option> answers(String type) {
        List<String> fitting = CaseWords.answers(type);
        return fitting.stream()
                .map(code -> new Option(code, CaseWords.answer(code), code.equals(fitting.get(0))))
                .toList();
    }

    private static List<String[]> facts(CaseView matter) {
        List<String[]> facts = new ArrayList<>();
        if (matter.memberId() == null && !matter.subject().isBlank()) {
            facts.add(new String[] {"题目", matter.subject()});
        }
        facts.add(new String[] {"立案", matter.openedOn().toString()});
        if (matter.closedOn() != null) {
            facts.add(new String[] {"办结", matter.closedOn().toString()});
        }
        String field = matter.data().get("field");
        if (field != null) {
            facts.add(new String[] {"事项", Timeline.field(field)});
        }
        FACTS.forEach((key, word) -> {
            String value = matter.data().get(key);
            if (value != null && !value.isBlank()) {
                facts.add(new String[] {word, value});
            }
        });
        matter.data().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("fee:"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> facts.add(
                        new String[] {entry.getKey().substring("fee:".length()) + "会费标准", entry.getValue() + "元/年"}));
        return facts;
    }

    @PostMapping("/console/{code}/cases/{id}/decision")
    String decide(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        CaseView matter = matter(visitor, id);
        if (!visitor.is(Role.ADMIN, Role.SECRETARIAT)) {
            throw new NotHere();
        }
        Forms form = Forms.of(sent);
        Integer present = number(form, "present");
        boolean counted = present != null;
        String result = form.get("result");
        String back = "redirect:" + visitor.at("cases/" + id);
        if (stale(matter, form.get("seen"), next)) {
            return back;
        }
        if (!counted && !List.of("approve", "reject", "refer").contains(result)) {
            next.addFlashAttribute("refused", new Frame.Refused("请选决定，或填到会和表决人数。", ""));
            return back;
        }
        Outcome<CaseView> decided = cases.decide(
                matter.id(),
                new Decision(
                        form.get("by"),
                        form.get("remote").equals("true"),
                        form.orNull("reason"),
                        counted ? null : result,
                        present,
                        counted ? zero(number(form, "for")) : null,
                        counted ? zero(number(form, "against")) : null,
                        visitor.username()));
        return told(decided, "已记下" + form.get("by") + "的决定。", back, next);
    }

    @PostMapping("/console/{code}/cases/{id}/documents")
    String file(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable List<String> documents,
            @RequestParam(defaultValue = "") String seen,
            RedirectAttributes next) {
        CaseView matter = matter(visitor, id);
        if (!visitor.mayInvite()) {
            throw new NotHere();
        }
        List<String> handed = documents == null ? List.of() : documents;
        String back = "redirect:" + visitor.at("cases/" + id);
        if (stale(matter, seen, next)) {
            return back;
        }
        if (handed.isEmpty()) {
            next.addFlashAttribute("refused", new Frame.Refused("请勾选收到的材料。", ""));
            return back;
        }
        return told(
                cases.file(matter.id(), handed, visitor.username()),
                "已收下：" + String.join("、", handed) + "。",
                back,
                next);
    }

    @PostMapping("/console/{code}/cases/{id}/answer")
    String answer(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String says,
            @RequestParam(defaultValue = "") String seen,
            RedirectAttributes next) {
        CaseView matter = matter(visitor, id);
        if (!visitor.mayInvite() || !CaseWords.answers(matter.type()).contains(says)) {
            throw new NotHere();
        }
        if (stale(matter, seen, next)) {
            return "redirect:" + visitor.at("cases/" + id);
        }
        return told(
                cases.answer(matter.id(), says, visitor.username()),
                "已记下会员的答复：" + CaseWords.answer(says) + "。",
                "redirect:" + visitor.at("cases/" + id),
                next);
    }

    /**
     * Whether the page that sent something showed the case as it was before its last step, or does not say what it showed;
     * then nothing is done.
     */
    static boolean stale(CaseView matter, String seen, RedirectAttributes next) {
        boolean stale = !seen.equals(String.valueOf(matter.steps().size()));
        if (stale) {
            next.addFlashAttribute("refused", new Frame.Refused("这个案件在你打开页面之后有了变化，什么也没有改；请看过最新的再办。", ""));
        }
        return stale;
    }

    private static String told(Outcome<CaseView> outcome, String done, String back, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return back;
    }

    private static int zero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static @Nullable Integer number(Forms form, String field) {
        String text = form.get(field);
        return !text.matches("\\d{1,5}") ? null : Integer.valueOf(text);
    }
}
