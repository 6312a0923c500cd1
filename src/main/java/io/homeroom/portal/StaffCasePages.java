package io.homeroom.portal;

import io.homeroom.care.Mailings;
import io.homeroom.casework.Assists;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * A case on the phone of the class teacher who helps with it (WHJX-8-6): what it is about, where it stands, what to do until
 * when, and the forms for what the rulebook lets a helper do.
 */
@Controller
@RequestMapping("/t/{code}/cases/{id}")
class StaffCasePages {

    private static final int STEPS = 6;

    private static final Map<String, String> ACTS = Map.of(
            "opened",
            "立案",
            "filed",
            "收到材料",
            "task-done",
            "办完",
            "contacted",
            "联系",
            "answered",
            "会员答复",
            "said",
            "会员说明",
            "claimed",
            "会员称",
            "unanswered",
            "答复期满");

    private record Line(String when, String text) {}

    private record Choice(String code, String word) {}

    private record Person(String name, String role, String phone) {}

    private final StaffDoor door;
    private final Assists assists;
    private final Mailings mailings;
    private final Contacts contacts;
    private final Lawbook laws;
    private final BusinessClock clock;

    StaffCasePages(
            StaffDoor door, Assists assists, Mailings mailings, Contacts contacts, Lawbook laws, BusinessClock clock) {
        this.door = door;
        this.assists = assists;
        this.mailings = mailings;
        this.contacts = contacts;
        this.laws = laws;
        this.clock = clock;
    }

    @GetMapping
    String matter(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request,
            Model model) {
        String said = done.equals("contact") ? "已记下这次联系。" : done.equals("answer") ? "已记下会员的答复，案件往下走了。" : "";
        return of(id, request, model, (help, who, member) -> show(help, member, said, true, model));
    }

    /** What is done with a case that this person helps with. */
    private interface Page {
        String show(Assists.Help help, StaffMember who, Member member);
    }

    private String of(long id, HttpServletRequest request, Model model, Page page) {
        Optional<Assists.Help> help = assists.of(id);
        long member = help.map(Assists.Help::matter).map(CaseView::memberId).orElse(0L);
        if (help.isEmpty()) {
            return door.known(
                    request,
                    "cases/" + id,
                    model,
                    who -> MemberPages.message(model, Message.notice("这件事不用你办了", "它已经办结，或到了不需要协助的一步。")));
        }
        return door.ofTheClass(
                request, "cases/" + id, member, model, (who, found) -> page.show(help.get(), who, found));
    }

    private String show(Assists.Help help, Member member, String said, boolean good, Model model) {
        LocalDate today = clock.today();
        Rulebook law = laws.of(today);
        CaseView matter = help.matter();
        LocalDate due = matter.due();
        Task letter = help.letter();
        model.addAttribute("association", law.name());
        model.addAttribute("said", said);
        model.addAttribute("good", good);
        model.addAttribute("type", CaseWords.type(matter.type()));
        model.addAttribute("member", member);
        model.addAttribute("at", "member".equals(matter.at()) ? "等会员答复" : "由" + matter.at() + "办理");
        model.addAttribute("until", due == null ? "" : Days.said(due, today) + "前，" + Days.left(due, today));
        model.addAttribute("says", help.says() + law.cite(help.cite()) + "。");
        model.addAttribute("grounds", law.cite(matter.clauses()));
        model.addAttribute("missing", String.join("、", matter.missing()));
        model.addAttribute(
                "answers",
                help.answers().stream()
                        .map(code -> new Choice(code, CaseWords.answer(code)))
                        .toList());
        model.addAttribute("letter", letter != null);
        model.addAttribute(
                "people",
                contacts.of(member.id()).stream().map(StaffCasePages::person).toList());
        model.addAttribute("steps", steps(matter, today));
        model.addAttribute("href", StaffDoor.at("cases/" + matter.id()));
        return "portal/staff-case";
    }

    private static Person person(Contact contact) {
        return new Person(contact.name(), contact.role().word(), contact.phone());
    }

    private static List<Line> steps(CaseView matter, LocalDate today) {
        List<CaseView.Step> all = matter.steps();
        return all.subList(Math.max(0, all.size() - STEPS), all.size()).stream()
                .map(step -> new Line(Days.said(step.on(), today), text(step)))
                .toList();
    }

    private static String text(CaseView.Step step) {
        String act = ACTS.getOrDefault(step.act(), "办理");
        String said = step.act().equals("task-done") ? CaseWords.task(step.says()) : CaseWords.answer(step.says());
        return said.isBlank() ? act : act + "：" + said;
    }

    @PostMapping("/contact")
    String contact(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request,
            Model model) {
        return of(
                id,
                request,
                model,
                (help, who, member) -> then(assists.contacted(id, note, who), id, "contact", help, member, model));
    }

    @PostMapping("/answer")
    String answer(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String says,
            HttpServletRequest request,
            Model model) {
        return of(
                id,
                request,
                model,
                (help, who, member) -> then(assists.answered(id, says, who), id, "answer", help, member, model));
    }

    /** On to the parcel of the letter, where it is photographed, numbered and sent. */
    @PostMapping("/letter")
    String letter(@PathVariable long id, HttpServletRequest request, Model model) {
        return of(id, request, model, (help, who, member) -> {
            Task letter = help.letter();
            Outcome<Long> parcel =
                    letter == null ? Outcome.refused("告知书已经寄出了") : mailings.prepare(letter, who.username());
            return parcel instanceof Outcome.Refused<Long> refused
                    ? show(help, member, refused.refusal().reason() + "。", false, model)
                    : "redirect:" + StaffDoor.at("parcels/" + parcel.get());
        });
    }

    private String then(
            Outcome<CaseView> outcome, long id, String done, Assists.Help help, Member member, Model model) {
        return outcome instanceof Outcome.Refused<CaseView> refused
                ? show(help, member, refused.refusal().reason() + "。", false, model)
                : "redirect:" + StaffDoor.at("cases/" + id + "?done=" + done);
    }
}
