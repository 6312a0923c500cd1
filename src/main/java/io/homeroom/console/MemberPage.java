package io.homeroom.console;

import io.homeroom.casework.Cases;
import io.homeroom.casework.Enrolments;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.dues.Bill;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Invitation;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.notice.NoticeSearch;
import io.homeroom.notice.Notices;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.Method;
import io.homeroom.till.Payment;
import io.homeroom.till.Till;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A member's page, and what can be done there. */
@Controller
class MemberPage {

    private static final BigDecimal MOST = new BigDecimal("100000000");

    private record Fact(String title, String value) {}

    private record Person(String id, String name, String role, String phone, boolean bound, String revealHref) {}

    private record Told(String at, String text, String to, Words.Chip state) {}

    /** A word to choose, with the value that is sent. */
    record Option(String value, String word, boolean on) {}

    private record Invite(String qr, String who, String until) {}

    /** The form for a payment, as it was filled in. */
    private record PaymentForm(
            String key,
            List<Option> methods,
            String amount,
            String day,
            String externalId,
            String memo,
            Map<String, String> faults) {}

    private record View(
            String name,
            Words.Chip standing,
            List<String> words,
            String verdict,
            String verdictCites,
            List<Verdicts.Step> next,
            String whatIfHref,
            @Nullable String assignmentsHref,
            @Nullable String rightsHref,
            @Nullable String branchesHref,
            boolean mayEdit,
            String editHref,
            @Nullable String moneyHref,
            boolean dues,
            String owed,
            boolean late,
            String owedLine,
            List<Lines.BillLine> bills,
            List<Lines.PaymentLine> payments,
            boolean mayTake,
            String payHref,
            List<Lines.TaskLine> tasks,
            List<Lines.CaseLine> cases,
            RaisingPages.View raise,
            FactPages.View learn,
            List<Timeline.Line> timeline,
            List<Person> contacts,
            LiaisonPages.View liaisons,
            boolean mayInvite,
            String inviteHref,
            @Nullable String teacher,
            String teacherPhone,
            @Nullable String lastContact,
            String contactedHref,
            boolean mayAssign,
            String assignHref,
            List<Option> teachers,
            List<Fact> facts,
            String noticesHref,
            List<Told> notices) {}

    private final Roster roster;
    private final Contacts contacts;
    private final Bindings bindings;
    private final Bills bills;
    private final Till till;
    private final Tasks tasks;
    private final Cases cases;
    private final Notices notices;
    private final Classes classes;
    private final Staff staff;
    private final Audit audit;
    private final RaisingPages raising;
    private final FactPages facts;
    private final LiaisonPages liaisons;
    private final Verdicts verdicts;
    private final Timeline timeline;
    private final Lines lines;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;
    private final TransactionTemplate transaction;
    private final String base;

    MemberPage(
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Bills bills,
            Till till,
            Tasks tasks,
            Cases cases,
            Notices notices,
            Classes classes,
            Staff staff,
            Audit audit,
            RaisingPages raising,
            FactPages facts,
            LiaisonPages liaisons,
            Verdicts verdicts,
            Timeline timeline,
            Lines lines,
            Lawbooks lawbooks,
            BusinessClock clock,
            PlatformTransactionManager transactions,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.roster = roster;
        this.contacts = contacts;
        this.bindings = bindings;
        this.bills = bills;
        this.till = till;
        this.tasks = tasks;
        this.cases = cases;
        this.notices = notices;
        this.classes = classes;
        this.staff = staff;
        this.audit = audit;
        this.raising = raising;
        this.facts = facts;
        this.liaisons = liaisons;
        this.verdicts = verdicts;
        this.timeline = timeline;
        this.lines = lines;
        this.lawbooks = lawbooks;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.base = base.replaceAll("/+$", "");
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}")
    String member(Visitor visitor, @PathVariable long id, Model model) {
        return page(visitor, member(visitor, id), payment(Forms.empty()), model);
    }

    private String page(Visitor visitor, Member member, PaymentForm form, Model model) {
        model.addAttribute("payment", form);
        model.addAttribute("member", view(visitor, member));
        return "console/member";
    }

    /** Somebody to look into. */
    private Member member(Visitor visitor, long id) {
        return roster.find(id).filter(visitor::looksAfter).orElseThrow(NotHere::new);
    }

    private View view(Visitor visitor, Member member) {
        LocalDate today = clock.today();
        String at = visitor.at("members/" + member.id());
        Verdicts.Verdict verdict = verdicts.of(visitor, member);
        List<Bill> own = bills.of(member.id()).stream()
                .sorted(Comparator.comparing(Bill::year).reversed())
                .toList();
        Money owed = bills.owed(member.id());
        boolean late = own.stream().anyMatch(bill -> bill.overdue(today));
        List<Payment> money = till.of(member.id()).stream()
                .sorted(Comparator.comparing(Payment::receivedAt).reversed())
                .toList();
        StaffMember teacher = classes.teacherOf(member.id()).orElse(null);
        Rulebook book = lawbooks.of(visitor.code());
        boolean dues = lawbooks.dues(visitor.code()) || !own.isEmpty() || !money.isEmpty();
        List<String> words = new ArrayList<>();
        words.add(member.grade());
        words.addAll(member.posts());
        return new View(
                member.name(),
                Words.chip(member.standing()),
                words,
                verdict.text(),
                verdict.cites(),
                verdict.next(),
                at + "/what-if",
                visitor.sees(member) && book.on().containsKey("assignment-missed") ? at + "/assignments" : null,
                visitor.sees(member) ? at + "/rights" : null,
                Enrolments.has(book) ? at + "/branches" : null,
                visitor.mayEdit(),
                at + "/edit",
                visitor.mayTakeMoney() && dues ? visitor.at("money") : null,
                dues,
                owed.isPositive() ? owed.toString() : "¥0.00",
                late,
                owedLine(visitor, member, own, owed, today),
                lines.bills(visitor, own),
                lines.payments(visitor, money),
                visitor.mayTakeMoney() && dues,
                at + "/payments",
                lines.tasks(visitor, tasks.search(TaskSearch.unfinished().member(member.id())), at),
                lines.cases(visitor, cases.of(member.id())),
                raising.view(visitor, member),
                facts.view(visitor, member),
                timeline.of(roster.history(member.id())),
                contacts.of(member.id()).stream()
                        .map(contact -> person(contact, at))
                        .toList(),
                liaisons.view(visitor, member),
                visitor.mayInvite() && visitor.sees(member),
                at + "/invitations",
                teacher == null ? null : teacher.name(),
                teacher == null || teacher.phone() == null ? "" : Mask.phone(teacher.phone()),
                classes.contacts(member.id(), 1).stream()
                        .findFirst()
                        .map(last -> "上次联系：" + Words.moment(last.at(), today)
                                + (last.note().isBlank() ? "" : "，" + last.note()))
                        .orElse(null),
                at + "/contacted",
                visitor.mayEdit(),
                at + "/teacher",
                teachers(teacher),
                facts(member),
                visitor.at("notices?member=" + member.id()),
                told(visitor, member));
    }

    private static Person person(Contact contact, String at) {
        return new Person(
                Long.toString(contact.id()),
                contact.name(),
                Words.role(contact.role()),
                Mask.phone(contact.phone()),
                contact.openid() != null,
                at + "/contacts/" + contact.id() + "/phone");
    }

    private String owedLine(Visitor visitor, Member member, List<Bill> own, Money owed, LocalDate today) {
        if (!lawbooks.dues(visitor.code())) {
            return "本协会不收会费" + MoneyPage.noFee(lawbooks.of(visitor.code()));
        }
        if (owed.fen() < 0) {
            return "预存 " + new Money(-owed.fen());
        }
        Optional<Bill> first =
                own.stream().filter(bill -> bill.owed().isPositive()).min(Comparator.comparing(Bill::year));
        if (first.isEmpty()) {
            return bills.paidThrough(member.id())
                    .map(day -> "已缴至" + day.getYear() + "年底")
                    .orElse("没有未缴的账单");
        }
        LocalDate due = first.get().dueOn();
        return Words.bill(first.get())
                + (due == null ? "，不限期" : "，" + Words.dayOfWeek(due, today) + "到期，" + Words.left(due, today));
    }

    private List<Option> teachers(@Nullable StaffMember now) {
        return staff.teachers().stream()
                .map(one -> new Option(Long.toString(one.id()), one.name(), now != null && now.id() == one.id()))
                .toList();
    }

    private static List<Fact> facts(Member member) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("类别", Words.kind(member.kind())));
        String uscc = member.uscc();
        if (uscc != null) {
            facts.add(member.kind() == Kind.UNIT ? new Fact("信用代码", uscc) : new Fact("证件号", Mask.id(uscc)));
        }
        if (member.joinedOn() != null) {
            facts.add(new Fact("入会", member.joinedOn().toString()));
        }
        if (member.since() != null && !member.since().equals(member.joinedOn())) {
            facts.add(new Fact("现等级自", member.since().toString()));
        }
        facts.add(new Fact("会员证号", member.number() ? "有效" : "没有"));
        if (member.branch() != null) {
            facts.add(new Fact("分会", member.branch()));
        }
        if (member.reviewOn() != null) {
            facts.add(new Fact("下次复核", member.reviewOn().toString()));
        }
        new java.util.TreeMap<>(member.data())
                .forEach((name, value) -> facts.add(new Fact(Timeline.field(name), Timeline.value(value))));
        return facts;
    }

    private List<Told> told(Visitor visitor, Member member) {
        LocalDate today = clock.today();
        return lines
                .notices(
                        visitor,
                        notices.search(
                                NoticeSearch.all().member(member.id()).newest().page(0, 6)))
                .stream()
                .map(line -> new Told(
                        line.at().replace(Words.day(today, today) + " ", ""), line.text(), line.to(), line.state()))
                .toList();
    }

    /** Shows a number in clear: noted, because it is somebody's private telephone. */
    @PostMapping("/console/{code}/members/{id}/contacts/{contact}/phone")
    String phone(
            Visitor visitor,
            @PathVariable long id,
            @PathVariable long contact,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model,
            RedirectAttributes next) {
        Member member = member(visitor, id);
        Contact found = contacts.of(member.id()).stream()
                .filter(one -> one.id() == contact)
                .findFirst()
                .orElseThrow(NotHere::new);
        audit.note(visitor.username(), "phone-shown", member.id(), found.name() + "（" + Words.role(found.role()) + "）");
        if (partial == null) {
            next.addFlashAttribute("done", found.name() + "：" + found.phone());
            return "redirect:" + visitor.at("members/" + member.id());
        }
        model.addAttribute("number", found.phone());
        return "console/pieces :: phone(number=${number})";
    }

    @PostMapping("/console/{code}/members/{id}/invitations")
    String invite(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String contact,
            @RequestParam(defaultValue = "7") int days,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        Member member = member(visitor, id);
        if (!visitor.mayInvite() || !visitor.sees(member)) {
            throw new NotHere();
        }
        Optional<Contact> whom = contacts.of(member.id()).stream()
                .filter(one -> Long.toString(one.id()).equals(contact))
                .findFirst()
                .or(() -> contacts.toNotify(member.id()));
        Duration valid = Duration.ofDays(Math.min(30, Math.max(1, days)));
        Invitation invitation = Optional.ofNullable(transaction.execute(status -> {
                    Invitation made =
                            bindings.invite(member.id(), whom.map(Contact::id).orElse(null), valid, visitor.username());
                    audit.note(
                            visitor.username(),
                            "invited",
                            member.id(),
                            whom.map(one -> one.name() + "（" + Words.role(one.role()) + "）")
                                    .orElse("联系人"));
                    return made;
                }))
                .orElseThrow();
        Invite invite = new Invite(
                base + "/qr/" + visitor.code() + "/" + invitation.scene() + ".png",
                whom.map(one -> one.name() + Words.role(one.role())).orElse("联系人"),
                Words.moment(invitation.expiresAt(), clock.today()) + " 前有效，只能用一次。");
        model.addAttribute("invite", invite);
        return partial == null
                ? page(visitor, member, payment(Forms.empty()), model)
                : "console/pieces :: invitation(invite=${invite})";
    }

    @PostMapping("/console/{code}/members/{id}/payments")
    String pay(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next) {
        Member member = member(visitor, id);
        if (!visitor.mayTakeMoney()) {
            throw new NotHere();
        }
        Forms form = Forms.of(sent);
        Method method = byHand(form.get("method"));
        if (method == null) {
            form.fault("method", "请选怎么到的");
        }
        Money amount = amount(form);
        LocalDate day = day(form);
        form.atMost("externalId", 64);
        form.atMost("memo", 200);
        if (!form.fits()) {
            return page(visitor, member, payment(form), model);
        }
        LocalDate today = clock.today();
        Instant at = day.equals(today)
                ? clock.instant()
                : day.atTime(LocalTime.NOON).atZone(BusinessClock.ZONE).toInstant();
        // A form sent twice bears the same key; where the bank gave no number, it is the payment's own.
        String external = form.orNull("externalId");
        String number = external == null ? "form-" + form.get("key") : external;
        Outcome<Payment> taken = Optional.ofNullable(transaction.execute(status -> {
                    Outcome<Payment> outcome = till.receive(
                            member.id(),
                            amount,
                            method == null ? Method.BANK_TRANSFER : method,
                            at,
                            number,
                            form.get("memo"),
                            null,
                            visitor.username());
                    audit.note(
                            visitor.username(),
                            outcome.isDone() ? "payment-recorded" : "payment-refused",
                            member.id(),
                            amount + "，" + Words.method(method == null ? Method.BANK_TRANSFER : method));
                    return outcome;
                }))
                .orElseThrow();
        if (taken instanceof Outcome.Refused<Payment> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", said(member, taken.get()));
        }
        return "redirect:" + visitor.at("members/" + member.id());
    }

    private String said(Member member, Payment payment) {
        String got = "已登记 " + payment.amount() + "（" + Words.method(payment.method()) + "）。";
        return switch (payment.state()) {
            case UNMATCHED -> got + "附言不全，先列为待认领。";
            case SETTLED -> {
                Money owed = bills.owed(member.id());
                yield got
                        + (owed.isPositive()
                                ? "还有 " + owed + " 未缴。"
                                : owed.fen() < 0 ? "会费已缴清，多出的 " + new Money(-owed.fen()) + " 留作预存。" : "会费已缴清。");
            }
            default -> got + Words.chip(payment.state()).word() + "。";
        };
    }

    private static @Nullable Method byHand(String code) {
        for (Method method : List.of(Method.BANK_TRANSFER, Method.CASH, Method.CHEQUE)) {
            if (method.code().equals(code)) {
                return method;
            }
        }
        return null;
    }

    private static Money amount(Forms form) {
        String text = form.get("amount").replaceAll("[,，¥￥\\s]", "");
        try {
            BigDecimal yuan = new BigDecimal(text);
            if (yuan.signum() <= 0 || yuan.compareTo(MOST) > 0) {
                form.fault("amount", "金额要大于零，不超过一亿元");
                return Money.ZERO;
            }
            return Money.ofYuan(yuan);
        } catch (ArithmeticException e) {
            form.fault("amount", "最多到分，例如 8000.00");
        } catch (NumberFormatException e) {
            form.fault("amount", "请写数字，例如 8000.00");
        }
        return Money.ZERO;
    }

    private LocalDate day(Forms form) {
        LocalDate today = clock.today();
        if (form.get("day").isEmpty()) {
            return today;
        }
        try {
            LocalDate day = LocalDate.parse(form.get("day"));
            if (day.isAfter(today)) {
                form.fault("day", "不能晚于今天");
            } else if (day.isBefore(today.minusYears(10))) {
                form.fault("day", "太早了，请核对");
            }
            return day;
        } catch (DateTimeException e) {
            form.fault("day", "日期写成 2026-03-31");
            return today;
        }
    }

    private PaymentForm payment(Forms form) {
        String chosen = form.get("method").isEmpty() ? Method.BANK_TRANSFER.code() : form.get("method");
        List<Option> methods = new ArrayList<>();
        for (Method method : List.of(Method.BANK_TRANSFER, Method.CASH, Method.CHEQUE)) {
            methods.add(new Option(
                    method.code(), Words.method(method), method.code().equals(chosen)));
        }
        String key = form.get("key").matches("[0-9a-f-]{36}")
                ? form.get("key")
                : UUID.randomUUID().toString();
        return new PaymentForm(
                key,
                methods,
                form.get("amount"),
                form.get("day").isEmpty() ? clock.today().toString() : form.get("day"),
                form.get("externalId"),
                form.get("memo"),
                new LinkedHashMap<>(form.faults()));
    }

    @PostMapping("/console/{code}/members/{id}/contacted")
    String contacted(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        Member member = member(visitor, id);
        String text = note.strip();
        classes.contacted(member.id(), visitor.username(), text.substring(0, Math.min(500, text.length())));
        next.addFlashAttribute("done", "已记下这次联系。");
        return "redirect:" + visitor.at("members/" + member.id());
    }

    @PostMapping("/console/{code}/members/{id}/teacher")
    String assign(Visitor visitor, @PathVariable long id, @RequestParam long teacher, RedirectAttributes next) {
        Member member = member(visitor, id);
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        Outcome<Member> assigned =
                classes.assign(member.id(), teacher, visitor.username(), lawbooks.teacherClauses(visitor.code()));
        if (assigned instanceof Outcome.Refused<Member> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "班主任已交接，相关的人会收到通知。");
        }
        return "redirect:" + visitor.at("members/" + member.id());
    }
}
