package io.homeroom.console;

import io.homeroom.console.MemberPage.Option;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Uscc;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Entering a member, and changing what is known of one. */
@Controller
class EditPage {

    static final String PHONE = "\\+?[0-9][0-9 -]{5,18}[0-9]";

    private record View(
            String title,
            String line,
            String href,
            String back,
            String button,
            boolean fresh,
            List<Option> kinds,
            List<Option> grades,
            List<Option> teachers,
            String phoneHint,
            boolean dues,
            @Nullable String mark) {}

    private final Roster roster;
    private final Contacts contacts;
    private final Staff staff;
    private final Audit audit;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;

    EditPage(
            Roster roster,
            Contacts contacts,
            Staff staff,
            Audit audit,
            Lawbooks lawbooks,
            BusinessClock clock,
            PlatformTransactionManager transactions) {
        this.roster = roster;
        this.contacts = contacts;
        this.staff = staff;
        this.audit = audit;
        this.lawbooks = lawbooks;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/console/{code}/members/new")
    String blank(Visitor visitor, Model model) {
        may(visitor);
        Forms form = Forms.empty();
        form.values().put("joinedOn", clock.today().toString());
        return newPage(visitor, form, model);
    }

    private String newPage(Visitor visitor, Forms form, Model model) {
        Rulebook book = lawbooks.of(visitor.code());
        List<Option> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Rulebook.KindRule rule = book.kinds().get(kind.code());
            if (rule == null || rule.accepted()) {
                String chosen = form.get("kind");
                kinds.add(new Option(
                        kind.code(),
                        Words.kind(kind),
                        kind.code().equals(chosen) || chosen.isEmpty() && kind == Kind.UNIT));
            }
        }
        List<Option> grades = book.grades().stream()
                .map(grade ->
                        new Option(grade.name(), grade.name(), grade.name().equals(form.get("grade"))))
                .toList();
        List<Option> teachers = staff.teachers().stream()
                .map(one -> new Option(
                        Long.toString(one.id()),
                        one.name(),
                        Long.toString(one.id()).equals(form.get("teacher"))))
                .toList();
        model.addAttribute("form", form);
        model.addAttribute(
                "edit",
                new View(
                        "登记新会员",
                        "这里登记已经是会员的单位或个人；新的入会申请请申请人在公众号里回复「入会」。"
                                + (lawbooks.dues(visitor.code()) ? "入会日在今天以前的，账单一次补到今年，只发一份汇总通知。" : ""),
                        visitor.at("members/new"),
                        visitor.at("members"),
                        "登记",
                        true,
                        kinds,
                        grades,
                        teachers,
                        "13612342001",
                        lawbooks.dues(visitor.code()),
                        null));
        return "console/edit";
    }

    @PostMapping("/console/{code}/members/new")
    String enter(Visitor visitor, @RequestParam Map<String, String> sent, Model model, RedirectAttributes next) {
        may(visitor);
        Forms form = Forms.of(sent);
        Rulebook book = lawbooks.of(visitor.code());
        LocalDate today = clock.today();
        String name = form.required("name", 120);
        Kind kind = form.get("kind").equals(Kind.INDIVIDUAL.code()) ? Kind.INDIVIDUAL : Kind.UNIT;
        Rulebook.KindRule rule = book.kinds().get(kind.code());
        if (rule != null && !rule.accepted()) {
            form.fault("kind", "本协会不接受这一类会员" + Words.cites(rule.cite()));
        }
        Optional<Rulebook.Grade> grade = book.grade(form.get("grade"));
        if (grade.isEmpty()) {
            form.fault("grade", "请选等级");
        } else if (!kind.code().equals(Optional.ofNullable(grade.get().kind()).orElse(Kind.UNIT.code()))) {
            form.fault("grade", "这个等级不是给" + Words.kind(kind) + "的");
        }
        LocalDate joined = day(form, "joinedOn");
        if (joined == null) {
            form.fault("joinedOn", "请填写");
        } else if (joined.isAfter(today)) {
            form.fault("joinedOn", "不能晚于今天");
        }
        LocalDate paid = day(form, "paidThrough");
        if (paid != null && (paid.getMonthValue() != 12 || paid.getDayOfMonth() != 31)) {
            form.fault("paidThrough", "要是某年的12月31日");
        }
        String uscc = uscc(form, kind, null);
        boolean contact = contact(form, false);
        Long teacher = form.key("teacher");
        if (teacher != null && staff.find(teacher).filter(StaffMember::active).isEmpty()) {
            form.fault("teacher", "没有这位班主任");
        }
        if (!form.fits()) {
            return newPage(visitor, form, model);
        }
        NewMember.Draft draft = NewMember.draft(name, kind, form.get("grade"))
                .joined(joined)
                .paidThrough(paid)
                .uscc(uscc)
                .number(true)
                .teacher(teacher);
        if (contact) {
            draft.contact(main(kind), form.get("contactName"), form.get("contactPhone"));
        }
        Member member = Optional.ofNullable(transaction.execute(status -> {
                    Member entered = roster.enter(draft.done());
                    audit.note(visitor.username(), "member-entered", entered.id(), name);
                    return entered;
                }))
                .orElseThrow();
        next.addFlashAttribute("done", "已登记" + name + "。");
        return "redirect:" + visitor.at("members/" + member.id());
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/edit")
    String edit(Visitor visitor, @PathVariable long id, Model model) {
        Member member = member(visitor, id);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", member.name());
        String uscc = member.uscc();
        values.put("uscc", uscc == null || member.kind() == Kind.INDIVIDUAL ? "" : uscc);
        contacts.toNotify(id).ifPresent(contact -> values.put("contactName", contact.name()));
        return editPage(visitor, member, new Forms(values, new LinkedHashMap<>()), model);
    }

    private String editPage(Visitor visitor, Member member, Forms form, Model model) {
        String at = visitor.at("members/" + member.id());
        model.addAttribute("form", form);
        model.addAttribute(
                "edit",
                new View(
                        "改资料：" + member.name(),
                        "等级、资格和入会日由规则和案件决定，不在这里改。",
                        at + "/edit",
                        at,
                        "保存",
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        contacts.toNotify(member.id())
                                .map(Contact::phone)
                                .map(Mask::phone)
                                .map(masked -> masked + "（不改就空着）")
                                .orElse(""),
                        lawbooks.dues(visitor.code()),
                        mark(member, contacts.toNotify(member.id()))));
        return "console/edit";
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/edit")
    String change(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next) {
        Member member = member(visitor, id);
        Forms form = Forms.of(sent);
        Optional<Contact> now = contacts.toNotify(id);
        if (!form.get("mark").equals(mark(member, now))) {
            next.addFlashAttribute("refused", new Frame.Refused("这一页打开以后，资料被别人改过了，什么也没有保存；下面是现在的，请核对后再改。", ""));
            return "redirect:" + visitor.at("members/" + id + "/edit");
        }
        String name = form.required("name", 120);
        String uscc = uscc(form, member.kind(), member);
        boolean contact = contact(form, now.isPresent());
        if (!form.fits()) {
            return editPage(visitor, member, form, model);
        }
        String by = visitor.username();
        transaction.executeWithoutResult(status -> {
            List<String> what = new ArrayList<>();
            if (!name.equals(member.name())) {
                roster.record(
                        id, Entry.of(EntryKind.DATA, clock.today(), "", by).with("name", name));
                what.add("名称改为" + name);
            }
            if (uscc != null && !uscc.equals(member.uscc())) {
                roster.identify(id, uscc);
                what.add("信用代码");
            }
            // Whoever is known by that name keeps the phone; an unknown one comes in with the former one's.
            String phone = !form.get("contactPhone").isEmpty()
                    ? form.get("contactPhone")
                    : contacts.of(id).stream()
                            .filter(one -> one.name().equals(form.get("contactName")))
                            .findFirst()
                            .or(() -> now)
                            .map(Contact::phone)
                            .orElse("");
            boolean other = now.filter(one -> one.name().equals(form.get("contactName"))
                            && one.phone().equals(phone))
                    .isEmpty();
            if (contact && other) {
                contacts.put(id, now.map(Contact::role).orElse(main(member.kind())), form.get("contactName"), phone);
                what.add("联系人");
            }
            if (!what.isEmpty()) {
                audit.note(by, "member-changed", id, String.join("，", what));
            }
        });
        next.addFlashAttribute("done", "已保存。");
        return "redirect:" + visitor.at("members/" + id);
    }

    /** Changes with whatever the page shows, so that an older page does not undo what was saved since. */
    private static String mark(Member member, Optional<Contact> contact) {
        String shown = member.name() + "|" + member.uscc() + "|"
                + contact.map(one -> one.id() + "|" + one.name() + "|" + Mask.phone(one.phone()))
                        .orElse("");
        return Integer.toHexString(shown.hashCode());
    }

    private static void may(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
    }

    private Member member(Visitor visitor, long id) {
        may(visitor);
        return roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
    }

    private static Role main(Kind kind) {
        return kind == Kind.UNIT ? Role.LIAISON : Role.SELF;
    }

    private static @Nullable LocalDate day(Forms form, String field) {
        if (form.get(field).isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(form.get(field));
        } catch (DateTimeException e) {
            form.fault(field, "日期写成 2026-03-31");
            return null;
        }
    }

    private @Nullable String uscc(Forms form, Kind kind, @Nullable Member self) {
        if (form.get("uscc").isEmpty()) {
            return null;
        }
        String normal = Uscc.normal(form.get("uscc"));
        if (kind == Kind.UNIT && !Uscc.isValid(normal)) {
            form.fault("uscc", "不是有效的统一社会信用代码，请核对第18位校验码");
        }
        boolean taken = roster.byUscc(normal)
                .filter(other -> self == null || other.id() != self.id())
                .isPresent();
        if (taken) {
            form.fault("uscc", "已有会员使用这个代码；同一个代码就是同一家单位");
        }
        return normal;
    }

    /** Whether a contact was given, whole; {@code known} if a phone is already there. */
    private static boolean contact(Forms form, boolean known) {
        String name = form.get("contactName");
        String phone = form.get("contactPhone");
        if (name.isEmpty() && phone.isEmpty()) {
            return false;
        }
        if (name.isEmpty()) {
            form.fault("contactName", "请填写");
        } else if (name.length() > 40) {
            form.fault("contactName", "最多40个字");
        }
        if (phone.isEmpty() ? !known : !phone.matches(PHONE)) {
            form.fault("contactPhone", "写成手机号或带区号的电话");
        }
        return true;
    }
}
