package io.homeroom.portal;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.casework.Opening;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A member reports that something about it has changed; what was known before is written beside it. */
@Controller
@RequestMapping("/m/{code}/change")
class ChangePages {

    private static final String PHONE = "\\+?[0-9][0-9 -]{5,18}[0-9]";
    private static final Map<String, String> FIELDS = fields();

    /** What this form is itself, where a bylaw asks for a change in writing. */
    private static final List<String> WRITTEN = List.of("书面通知", "更换申请");

    /** A thing that can change, and what is known of it now. */
    record FieldView(String code, String word, String now) {}

    private final Reception reception;
    private final Cases cases;
    private final Contacts contacts;
    private final BusinessClock clock;

    ChangePages(Reception reception, Cases cases, Contacts contacts, BusinessClock clock) {
        this.reception = reception;
        this.cases = cases;
        this.contacts = contacts;
        this.clock = clock;
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("liaison", "联络员");
        fields.put("representative", "代表人");
        fields.put("head", "法定代表人或负责人");
        fields.put("address", "通讯地址");
        fields.put("registered-address", "注册地址");
        fields.put("premises", "主要场所");
        fields.put("scope", "业务范围");
        fields.put("capital", "注册资本");
        fields.put("phone", "联系方式");
        return fields;
    }

    /** What the bylaws have a way for. */
    private static List<String> open(Rulebook law) {
        return FIELDS.keySet().stream()
                .filter(field ->
                        law.changes().containsKey(field) || law.changes().containsKey("*"))
                .toList();
    }

    private String now(Member member, String field) {
        if (!field.equals("liaison") && !field.equals("representative")) {
            return member.data().getOrDefault(field, "");
        }
        Role role = field.equals("liaison") ? Role.LIAISON : Role.REPRESENTATIVE;
        return contacts.of(member.id()).stream()
                .filter(contact -> contact.role() == role)
                .map(Contact::name)
                .findFirst()
                .orElse("");
    }

    @GetMapping
    String form(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Track track = reception.law().cases().get("change");
            List<String> open = track == null ? List.of() : open(reception.law());
            if (track == null || open.isEmpty()) {
                return MemberPages.message(model, Message.notice("没有网上变更", "规则没有规定资料变更的办法。", "请联系班主任或秘书处。"));
            }
            model.addAttribute(
                    "fields",
                    open.stream()
                            .map(field -> new FieldView(field, FIELDS.getOrDefault(field, field), now(member, field)))
                            .toList());
            model.addAttribute("cite", reception.law().cite(track.cite()));
            model.addAttribute("today", clock.today().toString());
            return "portal/change";
        });
    }

    @PostMapping
    String report(
            @RequestParam Map<String, String> sent, HttpServletRequest request, Model model, RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            String form = "redirect:/m/" + Tenant.current() + "/change";
            String field = sent.getOrDefault("field", "");
            String to = sent.getOrDefault("to", "").strip();
            String phone = sent.getOrDefault("phone", "").strip();
            boolean person = field.equals("liaison") || field.equals("representative");
            Optional<LocalDate> from = day(sent.getOrDefault("from", ""));
            String wrong = wrong(member, field, to, person ? phone : null, from);
            if (!wrong.isEmpty()) {
                next.addFlashAttribute("refused", wrong);
                return form;
            }
            Map<String, String> data = new LinkedHashMap<>();
            data.put("field", field);
            data.put("to", to);
            data.put("was", now(member, field));
            data.put("from", from.orElseThrow().toString());
            if (person) {
                data.put("phone", phone);
            }
            Outcome<CaseView> opened =
                    cases.open(new Opening("change", member.id(), "", "member", List.of(), WRITTEN, data, List.of()));
            if (opened instanceof Outcome.Refused<CaseView> refused) {
                next.addFlashAttribute("refused", refused.refusal().reason());
                return form;
            }
            return "redirect:" + CasePages.at(opened.get().id());
        });
    }

    private String wrong(Member member, String field, String to, @Nullable String phone, Optional<LocalDate> from) {
        int most = phone == null ? 200 : 40;
        List<String> wrong = new ArrayList<>();
        if (!open(reception.law()).contains(field)) {
            wrong.add("请选要变更的事项");
        }
        if (to.isEmpty() || to.length() > most) {
            wrong.add("请写新的内容，最多" + most + "个字");
        } else if (to.equals(now(member, field))) {
            wrong.add("新的内容和登记的一样");
        }
        if (phone != null && !phone.matches(PHONE)) {
            wrong.add("请写" + FIELDS.getOrDefault(field, "") + "的电话，例如 13612342001");
        }
        if (from.isEmpty() || from.get().isBefore(clock.today())) {
            wrong.add("生效日从今天起");
        }
        return wrong.isEmpty() ? "" : String.join("；", wrong) + "。";
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
