package io.homeroom.portal;

import io.homeroom.casework.Applications;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Draft;
import io.homeroom.casework.Enclosure;
import io.homeroom.casework.Enclosures;
import io.homeroom.casework.Questionnaire;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Kind;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Applying for membership: one page, saved with every field, filed once. */
@Controller
@RequestMapping("/m/{code}/apply")
class ApplyPages {

    private final Reception reception;
    private final Applications applications;
    private final Enclosures enclosures;
    private final BusinessClock clock;

    ApplyPages(Reception reception, Applications applications, Enclosures enclosures, BusinessClock clock) {
        this.reception = reception;
        this.applications = applications;
        this.enclosures = enclosures;
        this.clock = clock;
    }

    /**
     * A field as the page shows it.
     *
     * @param input {@code text code phone date yes-no choice}
     * @param fault what stands against its answer, empty if nothing
     */
    record FieldView(
            String key,
            String label,
            String input,
            String hint,
            List<String> options,
            boolean required,
            String value,
            String cite,
            String fault) {}

    /** A document as the page shows it. */
    record PaperView(String name, String cite, boolean gate, List<FileView> files) {}

    /** A file as the page shows it. */
    record FileView(String id, boolean picture) {
        static FileView of(Enclosure one) {
            return new FileView(String.valueOf(one.id()), one.isPicture());
        }
    }

    @GetMapping
    String form(HttpServletRequest request, Model model) {
        return reception.person(request, model, openid -> show(openid, null, model));
    }

    private String show(String openid, @Nullable String refused, Model model) {
        Draft draft = applications.draft(openid);
        Questionnaire asked = applications.questions(draft);
        Rulebook law = reception.law();
        Map<String, String> faults = faults(draft, law);
        model.addAttribute("draft", String.valueOf(draft.id()));
        model.addAttribute("kind", asked.kind().code());
        model.addAttribute(
                "kinds",
                asked.kinds().size() < 2
                        ? List.of()
                        : asked.kinds().stream()
                                .map(kind -> new String[] {kind.code(), kind == Kind.UNIT ? "单位" : "个人"})
                                .toList());
        model.addAttribute(
                "noOther", asked.kinds().size() == 1 ? only(asked.kinds().get(0), law) : null);
        model.addAttribute(
                "requirements",
                asked.requirements().stream()
                        .map(line -> line.says() + law.cite(line.cite()))
                        .toList());
        model.addAttribute("declared", !draft.get("declared").isEmpty());
        model.addAttribute(
                "fields",
                asked.fields().stream()
                        .map(field -> view(field, draft, law, faults))
                        .toList());
        model.addAttribute(
                "papers",
                asked.papers().stream()
                        .map(paper -> view(paper, draft.papers(), law))
                        .toList());
        model.addAttribute(
                "notes",
                asked.notes().stream()
                        .map(note -> note.says() + law.cite(note.cite()))
                        .toList());
        LocalDate until = draft.keptUntil();
        model.addAttribute("kept", until == null ? "写到哪一步都会自动保存。" : "已自动保存，留到" + Days.dated(until) + "。");
        model.addAttribute("refused", refused);
        model.addAttribute("homeAt", reception.back(openid));
        List<CaseView> open =
                applications.filedBy(openid).stream().filter(CaseView::isOpen).toList();
        model.addAttribute(
                "pending",
                open.isEmpty()
                        ? null
                        : Map.of(
                                "href",
                                CasePages.at(open.get(open.size() - 1).id()),
                                "subject",
                                open.get(open.size() - 1).subject()));
        return "portal/apply";
    }

    private static String only(Kind kind, Rulebook law) {
        Kind other = kind == Kind.UNIT ? Kind.INDIVIDUAL : Kind.UNIT;
        Rulebook.KindRule rule = law.kinds().get(other.code());
        String cite = rule == null ? "" : law.cite(rule.cite());
        return (kind == Kind.UNIT ? "只接受单位申请，不接受个人" : "只接受个人申请") + cite + "。";
    }

    private static FieldView view(Questionnaire.Field field, Draft draft, Rulebook law, Map<String, String> faults) {
        String input = switch (field.input()) {
            case TEXT -> "text";
            case CODE, IDENTITY -> "code";
            case PHONE -> "phone";
            case DATE -> "date";
            case YES_NO -> "yes-no";
            case CHOICE -> "choice";
        };
        return new FieldView(
                field.key(),
                field.label(),
                input,
                field.hint(),
                field.options(),
                field.required(),
                draft.get(field.key()),
                law.cite(field.cite()),
                faults.getOrDefault(field.key(), ""));
    }

    private static PaperView view(Track.Document paper, List<Enclosure> all, Rulebook law) {
        return new PaperView(
                paper.name(),
                law.cite(paper.cite()),
                paper.gate(),
                all.stream()
                        .filter(one -> one.document().equals(paper.name()))
                        .map(FileView::of)
                        .toList());
    }

    private Map<String, String> faults(Draft draft, Rulebook law) {
        Map<String, String> faults = new LinkedHashMap<>();
        applications
                .faults(draft, false)
                .forEach(fault -> faults.putIfAbsent(fault.field(), fault.says() + law.cite(fault.clauses())));
        return faults;
    }

    /** Saves fields as they are left; answers what is wrong with any of them. */
    @PostMapping("/fields")
    ResponseEntity<?> save(@RequestParam Map<String, String> fields, HttpServletRequest request) {
        Optional<String> openid = Person.of(request);
        if (openid.isEmpty()) {
            return Upload.problem(HttpStatus.FORBIDDEN, "登录已过期，请回到公众号重新打开。已填的都还在。");
        }
        Outcome<Draft> saved = applications.write(openid.get(), fields);
        if (saved instanceof Outcome.Refused<Draft> refused) {
            return Upload.problem(
                    HttpStatus.TOO_MANY_REQUESTS, refused.refusal().reason() + "。");
        }
        Draft draft = saved.get();
        LocalDate until = draft.keptUntil();
        return ResponseEntity.ok(Map.of(
                "faults",
                faults(draft, reception.law()),
                "draft",
                String.valueOf(draft.id()),
                "kept",
                until == null ? "" : "已自动保存，留到" + Days.dated(until) + "。"));
    }

    @PostMapping("/kind")
    String kind(@RequestParam String kind, HttpServletRequest request) {
        Person.of(request).ifPresent(openid -> applications.write(openid, Map.of("kind", kind)));
        return "redirect:" + at();
    }

    @PostMapping(path = "/papers", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<?> enclose(@RequestParam String document, HttpServletRequest request) throws IOException {
        Optional<String> openid = Person.of(request);
        if (openid.isEmpty()) {
            return Upload.problem(HttpStatus.FORBIDDEN, "登录已过期，请回到公众号重新打开。已填的都还在。");
        }
        Optional<byte[]> body = Upload.read(request);
        if (body.isEmpty()) {
            return Upload.tooLarge();
        }
        Outcome<Enclosure> kept = applications.enclose(openid.get(), document, body.get());
        if (kept instanceof Outcome.Refused<Enclosure> refused) {
            return Upload.problem(
                    HttpStatus.UNPROCESSABLE_CONTENT, refused.refusal().reason() + "。");
        }
        return ResponseEntity.ok(FileView.of(kept.get()));
    }

    @PostMapping("/papers/{id}/remove")
    String remove(@PathVariable long id, HttpServletRequest request) {
        Person.of(request).ifPresent(openid -> applications.takeOut(openid, id));
        return "redirect:" + at();
    }

    /** A small picture of a file of one's own draft. */
    @GetMapping("/papers/{id}")
    ResponseEntity<byte[]> paper(@PathVariable long id, HttpServletRequest request) {
        boolean own = Person.of(request)
                .map(openid -> applications.draft(openid).papers().stream().anyMatch(one -> one.id() == id))
                .orElse(false);
        return own
                ? enclosures
                        .thumbnail(id)
                        .map(Upload::thumbnail)
                        .orElseGet(() -> ResponseEntity.notFound().build())
                : ResponseEntity.notFound().build();
    }

    @PostMapping("/discard")
    String discard(HttpServletRequest request) {
        Person.of(request).ifPresent(applications::discard);
        return "redirect:" + at();
    }

    /** Files what is on the page. A page that was sent already leads to what came of it. */
    @PostMapping("/file")
    String file(
            @RequestParam Map<String, String> fields,
            @RequestParam(name = "draft", defaultValue = "0") long seen,
            HttpServletRequest request,
            Model model) {
        return reception.person(request, model, openid -> {
            long now = applications.draft(openid).id();
            Optional<CaseView> filed = applications.filedBy(openid).stream()
                    .filter(CaseView::isOpen)
                    .reduce((earlier, later) -> later);
            boolean sent = now != seen && now == 0 && (seen != 0 || filed.isPresent());
            if (sent) {
                return filed.map(one -> "redirect:" + CasePages.at(one.id()))
                        .orElseGet(() -> MemberPages.message(
                                model,
                                Message.notice("这份申请已经提交过，或已被清除", "要再申请请重新填写。").link(at(), "重新填写")));
            }
            Outcome<Draft> saved = applications.write(openid, fields);
            if (saved instanceof Outcome.Refused<Draft> refused) {
                return show(openid, refused.refusal().reason() + "。", model);
            }
            Outcome<CaseView> outcome = applications.file(openid);
            return outcome instanceof Outcome.Refused<CaseView> refused
                    ? show(openid, said(refused.refusal()), model)
                    : "redirect:" + CasePages.at(outcome.get().id());
        });
    }

    private String said(Refusal refusal) {
        LocalDate from = refusal.from();
        String when = from == null
                        || refusal.reason().contains("起可以")
                        || refusal.reason().contains("最早")
                ? ""
                : "；" + Days.said(from, clock.today()) + "起可以";
        return refusal.reason() + when + reception.law().cite(refusal.clauses()) + "。";
    }

    private static String at() {
        return "/m/" + Tenant.current() + "/apply";
    }
}
