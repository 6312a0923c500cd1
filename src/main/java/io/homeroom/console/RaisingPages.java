package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.desk.Audit;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Cases that the office raises: about a member, and resolutions, which are about the association. */
@Controller
class RaisingPages {

    private static final String YUAN = "\\d{1,9}(\\.\\d{1,2})?";

    /** A lowered fee works at once, so its papers are ticked where it is asked for. */
    record Lowering(String href, List<String> papers, int year, String cites) {}

    /**
     * What may be raised about a member.
     *
     * @param movers grades whose members may move a case, empty where none may
     * @param nominators grades whose members nominate, empty where nobody does
     * @param exceptional whether conditions may be passed over
     * @param again whether there is a registration around a change of council
     */
    record View(
            String href,
            List<Option> types,
            List<String> targets,
            List<String> offices,
            List<Option> grounds,
            String movers,
            String nominators,
            boolean exceptional,
            boolean again,
            @Nullable Lowering lowering) {}

    private record Matter(String value, String word, String who) {}

    private record Resolutions(
            String href,
            String cites,
            List<Matter> matters,
            List<String> fees,
            @Nullable String seats,
            List<Lines.CaseLine> cases) {}

    private final Cases cases;
    private final Roster roster;
    private final Audit audit;
    private final Lawbooks lawbooks;
    private final Lines lines;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    RaisingPages(
            Cases cases,
            Roster roster,
            Audit audit,
            Lawbooks lawbooks,
            Lines lines,
            BusinessClock clock,
            PlatformTransactionManager transactions) {
        this.cases = cases;
        this.roster = roster;
        this.audit = audit;
        this.lawbooks = lawbooks;
        this.lines = lines;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    View view(Visitor visitor, Member member) {
        Rulebook book = lawbooks.of(visitor.code());
        String at = visitor.at("members/" + member.id());
        Track lowering = visitor.mayEdit() ? book.cases().get("reduction") : null;
        Track registration = book.cases().get("registration");
        Rulebook.Upgrade upgrade = book.upgrade();
        return new View(
                at + "/cases",
                visitor.mayEdit() ? types(book) : List.of(),
                targets(book),
                book.offices(),
                grounds(book),
                book.cases().values().stream()
                        .map(Track::openers)
                        .flatMap(openers -> openers == null ? null : openers.grades().stream())
                        .distinct()
                        .collect(Collectors.joining("、")),
                String.join("、", nominators(upgrade)),
                upgrade != null && upgrade.exceptional() != null,
                registration != null && registration.windows().containsKey("re-registration"),
                lowering == null
                        ? null
                        : new Lowering(
                                at + "/reductions",
                                papers(lowering),
                                clock.today().getYear(),
                                Words.cites(lowering.cite())));
    }

    /** What people may open about one member; the rest comes by application, by the night, or has its own form. */
    private static List<Option> types(Rulebook book) {
        List<String> elsewhere =
                List.of("admission", "exit", "suspension", "choice", "removal", "resolution", "change", "reduction");
        return book.cases().keySet().stream()
                .filter(type -> !elsewhere.contains(type))
                .map(type -> new Option(type, CaseWords.type(type), false))
                .toList();
    }

    private static List<String> targets(Rulebook book) {
        List<String> targets = new ArrayList<>();
        book.grades().forEach(grade -> targets.add(grade.name()));
        book.posts().forEach(post -> targets.add(post.name()));
        book.sanctions().forEach(sanction -> targets.add(sanction.name()));
        return targets;
    }

    private static List<Option> grounds(Rulebook book) {
        Set<String> clauses = new TreeSet<>();
        for (String type : List.of("expulsion", "sanction", "downgrade")) {
            Track track = book.cases().get(type);
            if (track != null) {
                clauses.addAll(track.grounds());
            }
        }
        return clauses.stream()
                .map(clause -> new Option(clause, book.label(clause) + " " + clause, false))
                .toList();
    }

    private static Set<String> nominators(Rulebook.@Nullable Upgrade upgrade) {
        Set<String> grades = new LinkedHashSet<>();
        if (upgrade != null && upgrade.exceptional() != null) {
            grades.add(upgrade.exceptional().grade());
        }
        if (upgrade != null && upgrade.extra() != null) {
            grades.addAll(upgrade.extra().nominatedBy());
        }
        return grades;
    }

    private static List<String> papers(Track track) {
        return track.documents().stream().map(Track.Document::name).toList();
    }

    @PostMapping("/console/{code}/members/{id}/cases")
    String open(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        Member member = member(visitor, id);
        Forms form = Forms.of(sent);
        String type = form.get("type");
        Rulebook book = lawbooks.of(visitor.code());
        if (types(book).stream().noneMatch(option -> option.value().equals(type))) {
            throw new NotHere();
        }
        String back = "redirect:" + visitor.at("members/" + member.id());
        List<Member> movers = named(roster, form, "moverName");
        List<Member> nominators = named(roster, form, "nominators");
        if (movers.size() > 1) {
            form.fault("moverName", "提出的会员只写一家。");
        }
        if (!form.fits()) {
            return wrong(form.faults().values().iterator().next(), back, next);
        }
        Map<String, String> data = new LinkedHashMap<>();
        if (form.orNull("to") != null) {
            data.put("to", form.get("to"));
        }
        if (type.equals("upgrade") && form.get("exceptional").equals("true")) {
            data.put("exceptional", "true");
        }
        if (type.equals("registration")) {
            boolean again = form.get("again").equals("true");
            data.put("kind", again ? "re-registration" : member.number() ? "renewal" : "initial");
        }
        String mover = book.offices().contains(form.get("mover")) ? form.get("mover") : "member";
        if (!movers.isEmpty()) {
            mover = "member:" + movers.get(0).id();
        }
        String ground = form.orNull("grounds");
        return raise(
                visitor,
                new Opening(
                        type,
                        member.id(),
                        "",
                        mover,
                        ground == null ? List.of() : List.of(ground),
                        List.of(),
                        data,
                        nominators.stream().map(Member::id).toList()),
                back,
                next);
    }

    @PostMapping("/console/{code}/members/{id}/reductions")
    String lower(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        Member member = member(visitor, id);
        Track track = lawbooks.of(visitor.code()).cases().get("reduction");
        if (track == null) {
            throw new NotHere();
        }
        Forms form = Forms.of(sent);
        String back = "redirect:" + visitor.at("members/" + member.id());
        String amount = yuan(form.get("to"));
        if (!form.get("year").matches("\\d{4}")) {
            return wrong("年度写成四位数字，例如 2026。", back, next);
        }
        if (amount == null) {
            return wrong("减免后的金额写成元，最多到分，例如 6000 或 6000.50。", back, next);
        }
        List<String> handed = papers(track).stream()
                .filter(paper ->
                        form.get("paper" + papers(track).indexOf(paper)).equals("true"))
                .toList();
        return raise(
                visitor,
                new Opening(
                        "reduction",
                        member.id(),
                        "",
                        StaffMember.address(visitor.staff().id()),
                        List.of(),
                        handed,
                        Map.of("year", form.get("year"), "to", amount),
                        List.of()),
                back,
                next);
    }

    @GetMapping("/console/{code}/resolutions")
    String resolutions(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        Rulebook book = lawbooks.of(visitor.code());
        Track track = Optional.ofNullable(book.cases().get("resolution")).orElseThrow(NotHere::new);
        List<Matter> matters = new ArrayList<>();
        track.matters()
                .forEach((clause, stages) -> matters.add(new Matter(
                        clause,
                        book.label(clause),
                        stages.stream().map(stage -> stage.at()).distinct().collect(Collectors.joining("，再报")))));
        Rulebook.Extra extra = extra(book);
        model.addAttribute(
                "resolutions",
                new Resolutions(
                        visitor.at("resolutions"),
                        Words.cites(track.cite()),
                        matters,
                        priced(book, track),
                        extra == null ? null : "增选" + extra.grade() + "几名（只用于" + book.label(extra.matter()) + "）",
                        lines.cases(visitor, cases.search("resolution", null, 0, 500))));
        return "console/resolutions";
    }

    private static Rulebook.@Nullable Extra extra(Rulebook book) {
        Rulebook.Upgrade upgrade = book.upgrade();
        return upgrade == null ? null : upgrade.extra();
    }

    /** Grades whose fee a resolution sets; none where resolutions set no fees. */
    private static List<String> priced(Rulebook book, Track track) {
        if (track.effect() != Act.Effect.SET_FEES || book.fees() == null) {
            return List.of();
        }
        return book.fees().standards().stream()
                .flatMap(standard -> standard.amounts().keySet().stream())
                .distinct()
                .toList();
    }

    @PostMapping("/console/{code}/resolutions")
    String resolve(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Rulebook book = lawbooks.of(visitor.code());
        Track track = Optional.ofNullable(book.cases().get("resolution")).orElseThrow(NotHere::new);
        Forms form = Forms.of(sent);
        String back = "redirect:" + visitor.at("resolutions");
        String subject = form.required("subject", 60);
        String matter = form.get("matter");
        if (!form.fits()) {
            return wrong("请写决议的题目，最多60个字。", back, next);
        }
        Map<String, String> data = new LinkedHashMap<>();
        data.put("matter", matter);
        List<String> priced = priced(book, track);
        for (String grade : priced) {
            String said = form.get("fee" + priced.indexOf(grade));
            String amount = yuan(said);
            if (amount == null && !said.isEmpty()) {
                return wrong(grade + "的会费标准写成元，最多到分，例如 8000。", back, next);
            }
            if (amount != null) {
                data.put("fee:" + grade, amount);
            }
        }
        if (!priced.isEmpty() && data.size() == 1) {
            return wrong("请写至少一个等级的新会费标准。", back, next);
        }
        Rulebook.Extra extra = extra(book);
        if (extra != null && extra.matter().equals(matter)) {
            Integer count = MeetingPages.number(form.get("count"));
            if (count == null || count < 1) {
                return wrong("请写增选几名，1以上的整数。", back, next);
            }
            data.put("count", count.toString());
        }
        Optional<CaseView> there = cases.search("resolution", "open", 0, 500).stream()
                .filter(open -> open.subject().equals(subject)
                        && matter.equals(open.data().get("matter")))
                .findFirst();
        if (there.isPresent()) {
            // A form sent twice is one resolution: seats and fees would count double.
            next.addFlashAttribute("done", "同一题目、同一事项的决议已在办理，就是这一件。");
            return "redirect:" + visitor.at("cases/" + there.get().id());
        }
        return raise(
                visitor,
                new Opening("resolution", null, subject, book.offices().get(0), List.of(), List.of(), data, List.of()),
                back,
                next);
    }

    private String raise(Visitor visitor, Opening opening, String back, RedirectAttributes next) {
        Outcome<CaseView> opened = Optional.ofNullable(transaction.execute(status -> {
                    Outcome<CaseView> outcome = cases.open(opening);
                    if (outcome.isDone()) {
                        // The case knows in whose name it is moved; who entered it at the console is kept here.
                        audit.note(
                                visitor.username(),
                                "case-raised",
                                opening.member(),
                                CaseWords.type(opening.type())
                                        + (opening.subject().isEmpty() ? "" : "：" + opening.subject()));
                    }
                    return outcome;
                }))
                .orElseThrow();
        if (opened instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
            return back;
        }
        next.addFlashAttribute("done", "已提起" + CaseWords.type(opening.type()) + "案件。");
        return "redirect:" + visitor.at("cases/" + opened.get().id());
    }

    private Member member(Visitor visitor, long id) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        return roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
    }

    /** Members whose full names stand in a field, parted by 、, commas or lines. */
    static List<Member> named(Roster roster, Forms form, String field) {
        Set<String> names = Arrays.stream(form.get(field).split("[、，,；;\\n]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<Member> known = roster.known(List.of(), names);
        for (String name : names) {
            long found = known.stream().filter(one -> one.name().equals(name)).count();
            if (found != 1) {
                form.fault(
                        field,
                        (found == 0 ? "没有叫“" : "不止一家叫“") + name.substring(0, Math.min(40, name.length()))
                                + "”的会员，请写全称核对。");
            }
        }
        return known;
    }

    /** An amount of yuan as cases keep it; null where the text is none. */
    private static @Nullable String yuan(String text) {
        String plain = text.replaceAll("[,，¥￥\\s]", "");
        return plain.matches(YUAN) ? new BigDecimal(plain).toPlainString() : null;
    }

    private static String wrong(String what, String back, RedirectAttributes next) {
        next.addFlashAttribute("refused", new Frame.Refused(what, ""));
        return back;
    }
}
