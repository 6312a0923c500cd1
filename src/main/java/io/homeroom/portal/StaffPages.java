package io.homeroom.portal;

import io.homeroom.classroom.ClassDay;
import io.homeroom.classroom.Debt;
import io.homeroom.desk.Audit;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Promise;
import io.homeroom.liaison.Promises;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Pages for the association's own people on the phone, opened from cards in WeCom: a member with its phone numbers, and the
 * forms for a contact and a promised day. Who asks is known by WeCom's silent login and looked up at every request, so
 * that a leaver's page ends with the account.
 */
@Controller
@RequestMapping("/t/{code}")
class StaffPages {

    private static final String STATE = "portal.staff.state.";
    private static final String TO = "portal.staff.to.";
    private static final int NOTE = 500;
    private static final int CONTACTS = 5;

    private record Person(String role, String name, String phone) {}

    private record Line(String when, String text) {}

    private final ObjectProvider<StaffLogin> logins;
    private final StaffDoor door;
    private final Contacts contacts;
    private final Classes classes;
    private final Promises promises;
    private final ClassDay day;
    private final Audit audit;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final String base;

    StaffPages(
            ObjectProvider<StaffLogin> logins,
            StaffDoor door,
            Contacts contacts,
            Classes classes,
            Promises promises,
            ClassDay day,
            Audit audit,
            Lawbook laws,
            BusinessClock clock,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.logins = logins;
        this.door = door;
        this.contacts = contacts;
        this.classes = classes;
        this.promises = promises;
        this.day = day;
        this.audit = audit;
        this.laws = laws;
        this.clock = clock;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    // ---- who it is

    @GetMapping("/login")
    String go(@RequestParam(defaultValue = "") String to, HttpServletRequest request, Model model) {
        StaffLogin login = logins.getIfAvailable();
        if (login == null) {
            return MemberPages.message(model, Message.trouble("暂时不能确认身份", "请稍后再试，或在电脑上打开控制台。"));
        }
        String state = Ids.secret(32);
        HttpSession session = request.getSession(true);
        session.setAttribute(STATE + Tenant.current(), state);
        session.setAttribute(TO + Tenant.current(), StaffDoor.own(to));
        return "redirect:" + login.authorize(URI.create(base + StaffDoor.at("login/back")), state);
    }

    @GetMapping("/login/back")
    String back(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest request,
            Model model) {
        HttpSession session = request.getSession(false);
        Object expected = session == null ? null : session.getAttribute(STATE + Tenant.current());
        StaffLogin login = logins.getIfAvailable();
        if (session == null || login == null || !state.equals(expected) || state.isEmpty()) {
            return MemberPages.message(model, Message.trouble("登录已过期", "请回到企业微信，重新点开卡片。"));
        }
        // Taken out at once: a state is good for one return.
        session.removeAttribute(STATE + Tenant.current());
        Optional<String> user = code.isBlank() ? Optional.empty() : login.userId(code);
        if (user.isEmpty()) {
            return MemberPages.message(model, Message.trouble("没有确认到你的身份", "请在企业微信里打开，或重新点开卡片。"));
        }
        Object to = session.getAttribute(TO + Tenant.current());
        StaffDoor.enter(request, user.get());
        return "redirect:" + StaffDoor.own(String.valueOf(to));
    }

    // ---- a member

    @GetMapping("/members/{id}")
    String member(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request,
            Model model) {
        return door.known(request, "members/" + id, id, model, (who, member) -> {
            audit.note(who.username(), "phone-shown", member.id(), "在企业微信里查看联系人号码");
            return show(member, done.equals("contact") ? "已记下这次联系。" : done.equals("promise") ? "已记下承诺的日子。" : "", model);
        });
    }

    private String show(Member member, String said, Model model) {
        LocalDate today = clock.today();
        Debt debt = day.debts(List.of(member)).stream().findFirst().orElse(null);
        model.addAttribute("association", laws.of(Tenant.current(), today).name());
        model.addAttribute("member", member);
        model.addAttribute("said", said);
        model.addAttribute("word", debt != null ? "欠费" : member.standing().word());
        model.addAttribute("mood", debt != null ? "due" : member.belongs() ? "good" : "");
        model.addAttribute(
                "owes",
                debt == null
                        ? ""
                        : debt.title() + " " + debt.owed() + "，" + Days.said(debt.dueOn(), today) + "到期，"
                                + Days.left(debt.dueOn(), today));
        model.addAttribute(
                "promise",
                promises.open(member.id())
                        .map(promise -> "承诺" + Days.said(promise.payOn(), today) + "付款")
                        .orElse(""));
        model.addAttribute(
                "people",
                contacts.of(member.id()).stream()
                        .map(contact -> person(contact))
                        .toList());
        model.addAttribute(
                "contacts",
                classes.contacts(member.id(), CONTACTS).stream()
                        .map(contact -> new Line(
                                Days.said(
                                        contact.at().atZone(BusinessClock.ZONE).toLocalDate(), today),
                                contact.note()))
                        .toList());
        model.addAttribute("today", today.toString());
        model.addAttribute("fees", laws.of(Tenant.current(), today).fees() != null);
        model.addAttribute("contactHref", StaffDoor.at("members/" + member.id() + "/contact"));
        model.addAttribute("promiseHref", StaffDoor.at("members/" + member.id() + "/promise"));
        return "portal/staff-member";
    }

    private static Person person(Contact contact) {
        return new Person(contact.role().word(), contact.name(), contact.phone());
    }

    @PostMapping("/members/{id}/contact")
    String contact(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request,
            Model model) {
        return door.known(request, "members/" + id, id, model, (who, member) -> {
            String text = note.strip();
            if (text.isEmpty()) {
                return show(member, "请写一句说了什么。", model);
            }
            classes.contacted(member.id(), who.username(), text.substring(0, Math.min(NOTE, text.length())));
            return "redirect:" + StaffDoor.at("members/" + member.id() + "?done=contact");
        });
    }

    @PostMapping("/members/{id}/promise")
    String promise(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String on,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request,
            Model model) {
        return door.known(request, "members/" + id, id, model, (who, member) -> {
            LocalDate payOn = day(on);
            if (payOn == null) {
                return show(member, "请选承诺的付款日。", model);
            }
            Outcome<Promise> outcome = promises.promise(
                    member.id(),
                    payOn,
                    note.strip().substring(0, Math.min(NOTE, note.strip().length())),
                    who.username());
            return outcome instanceof Outcome.Refused<Promise> refused
                    ? show(member, refused.refusal().reason() + "。", model)
                    : "redirect:" + StaffDoor.at("members/" + member.id() + "?done=promise");
        });
    }

    private static @Nullable LocalDate day(String iso) {
        try {
            return LocalDate.parse(iso);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
