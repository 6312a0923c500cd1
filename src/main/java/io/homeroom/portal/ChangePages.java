package io.homeroom.portal;

import io.homeroom.care.Changes;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.DataChecks;
import io.homeroom.casework.Enrolments;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A member reports that something about it has changed; what was known before is written beside it. */
@Controller
@RequestMapping("/m/{code}/change")
class ChangePages {

    /** A thing that can change, and what is known of it now; {@code papers} come as a file. */
    record FieldView(String code, String word, String now, boolean on) {}

    /** A document to photograph, and for which changes; {@code only} is the code of the one that asks for it, if one alone does. */
    record PaperView(String name, String words, String only) {}

    private final Reception reception;
    private final Changes changes;
    private final DataChecks checks;
    private final BusinessClock clock;

    ChangePages(Reception reception, Changes changes, DataChecks checks, BusinessClock clock) {
        this.reception = reception;
        this.changes = changes;
        this.checks = checks;
        this.clock = clock;
    }

    @GetMapping
    String form(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            List<Changes.Field> open = changes.open(member);
            if (open.isEmpty()) {
                return MemberPages.message(model, Message.notice("没有网上变更", "规则没有规定资料变更的办法。", "请联系班主任或秘书处。"));
            }
            Map<String, String> draft = changes.draft(openid, member.id());
            String wanted = reception.law().changed(draft.getOrDefault("field", ""));
            model.addAttribute(
                    "fields",
                    open.stream()
                            .map(field -> new FieldView(
                                    field.code(),
                                    field.word(),
                                    field.now(),
                                    field.code().equals(wanted)))
                            .toList());
            Map<String, PaperView> papers = new LinkedHashMap<>();
            open.forEach(field -> field.papers()
                    .forEach(name -> papers.merge(
                            name,
                            new PaperView(name, field.word(), field.code()),
                            (one, other) -> new PaperView(name, one.words() + "、" + other.words(), ""))));
            model.addAttribute("papers", List.copyOf(papers.values()));
            model.addAttribute("asksHead", open.stream().anyMatch(Changes.Field::asksHead));
            model.addAttribute(
                    "offices",
                    open.stream()
                            .flatMap(field -> field.offices().stream())
                            .distinct()
                            .toList());
            model.addAttribute("branches", Enrolments.has(reception.law()));
            model.addAttribute("draft", draft);
            model.addAttribute(
                    "cite",
                    reception
                            .law()
                            .cite(open.stream()
                                    .flatMap(field -> field.cite().stream())
                                    .distinct()
                                    .toList()));
            model.addAttribute(
                    "checked", checks.asks().isEmpty() ? null : reception.law().cite(checks.asks()));
            model.addAttribute("today", clock.today().toString());
            return "portal/change";
        });
    }

    /** All of it is still true: one touch. */
    @PostMapping("/unchanged")
    String unchanged(HttpServletRequest request, Model model, RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            Outcome<Member> said = checks.unchanged(member.id(), "member:" + member.id());
            if (said instanceof Outcome.Refused<Member> refused) {
                next.addFlashAttribute("refused", refused.refusal().reason() + "。");
            } else {
                next.addFlashAttribute("done", "记下了：今天核对过，没有变化。");
            }
            return "redirect:/m/" + Tenant.current() + "/change";
        });
    }

    @PostMapping
    String report(
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "paper", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "paperName", required = false) @Nullable List<String> names,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next)
            throws IOException {
        Map<String, byte[]> papers = new LinkedHashMap<>();
        for (int i = 0; files != null && names != null && i < Math.min(files.size(), names.size()); i++) {
            if (!files.get(i).isEmpty()) {
                papers.put(names.get(i), files.get(i).getBytes());
            }
        }
        return reception.known(request, model, (member, openid) -> {
            Changes.Report report = new Changes.Report(
                    sent.getOrDefault("field", ""),
                    sent.getOrDefault("to", "").strip(),
                    sent.getOrDefault("phone", "").strip(),
                    day(sent.getOrDefault("from", "")),
                    sent.containsKey("head"),
                    sent.containsKey("keep"));
            Outcome<CaseView> opened = changes.report(member.id(), report, papers, openid);
            if (opened instanceof Outcome.Refused<CaseView> refused) {
                // What was typed is still there when the page comes back.
                changes.keep(
                        openid,
                        member.id(),
                        Map.of(
                                "field", report.field(),
                                "to", report.to(),
                                "phone", report.phone(),
                                "from", sent.getOrDefault("from", "")));
                next.addFlashAttribute(
                        "refused",
                        refused.refusal().reason()
                                + reception.law().cite(refused.refusal().clauses()) + "。");
                return "redirect:/m/" + Tenant.current() + "/change";
            }
            return "redirect:" + CasePages.at(opened.get().id());
        });
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
