package io.homeroom.console;

import io.homeroom.casework.Reports;
import io.homeroom.console.MemberPage.Option;
import io.homeroom.governance.Activities;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Facts that the office learns and the bylaws go by: what became of a member, and who came to an activity. */
@Controller
class FactPages {

    private static final int OLDEST = 10;
    private static final int MOST = 200;
    private static final int PAST = 12;

    private static final Map<String, String> EVENTS = events();

    private static Map<String, String> events() {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("nature-changed", "单位性质改变");
        events.put("bankrupt", "破产");
        events.put("dissolved", "解散");
        events.put("deregistered", "注销");
        events.put("penalty", "受到行政处罚");
        events.put("permit-expired", "经营许可到期");
        events.put("permit-withdrawn", "经营许可被取消");
        events.put("dishonest-debtor", "列为失信被执行人");
        events.put("representative-unfit", "代表人出现个人情形");
        events.put("merged", "吸收合并另一家会员");
        events.put("split", "分立");
        events.put("resigned", "辞去职务");
        return events;
    }

    /**
     * What may be recorded about a member.
     *
     * @param posts posts and the grade that it may resign
     */
    record View(
            String href,
            List<Option> events,
            List<String> posts,
            boolean permit,
            boolean merges,
            boolean splits,
            String today) {}

    private record Past(String day, String members) {}

    private record Held(String href, String today, List<Past> past) {}

    private final Reports reports;
    private final Activities activities;
    private final Roster roster;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    FactPages(Reports reports, Activities activities, Roster roster, Lawbooks lawbooks, BusinessClock clock) {
        this.reports = reports;
        this.activities = activities;
        this.roster = roster;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    View view(Visitor visitor, Member member) {
        Rulebook book = lawbooks.of(visitor.code());
        Set<String> ruled = visitor.mayEdit() && member.belongs() ? known(book, member) : Set.of();
        return new View(
                visitor.at("members/" + member.id() + "/facts"),
                EVENTS.entrySet().stream()
                        .filter(event -> ruled.contains(event.getKey()))
                        .map(event -> new Option(event.getKey(), event.getValue(), false))
                        .toList(),
                offices(member),
                ruled.contains("permit-withdrawn"),
                ruled.contains("merged"),
                ruled.contains("split"),
                clock.today().toString());
    }

    /** Events of which the rulebook makes something. */
    private static Set<String> known(Rulebook book, Member member) {
        Set<String> known = new LinkedHashSet<>(book.reports().keySet());
        known.retainAll(EVENTS.keySet());
        if (!offices(member).isEmpty()) {
            known.add("resigned");
        }
        return known;
    }

    private static List<String> offices(Member member) {
        List<String> offices = new ArrayList<>(member.posts());
        offices.add(member.grade());
        return offices;
    }

    @PostMapping("/console/{code}/members/{id}/facts")
    String learn(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        Member member = roster.find(id).filter(visitor::sees).orElseThrow(NotHere::new);
        Forms form = Forms.of(sent);
        String event = form.get("event");
        if (!known(lawbooks.of(visitor.code()), member).contains(event)) {
            throw new NotHere();
        }
        Outcome<Member> outcome =
                member.belongs() ? learn(visitor, member, event, form) : Outcome.refused(new Refusal("已经不是在籍会员，不必登记"));
        if (outcome instanceof Outcome.Refused<Member> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "已登记：" + EVENTS.get(event) + "。制度规定的后续随即办理。");
        }
        return "redirect:" + visitor.at("members/" + member.id());
    }

    private Outcome<Member> learn(Visitor visitor, Member member, String event, Forms form) {
        String by = visitor.username();
        return switch (event) {
            case "merged" -> {
                List<Member> absorbed = RaisingPages.named(roster, form, "with");
                yield absorbed.size() == 1
                        ? reports.merged(member.id(), absorbed.get(0).id(), by)
                        : Outcome.refused(new Refusal(form.faults().getOrDefault("with", "请写被吸收的那一家会员的全称")));
            }
            case "split" -> split(member, form, by);
            case "resigned" -> reports.resigned(member.id(), form.get("post"), by);
            default -> {
                LocalDate day = form.orNull("day") == null ? clock.today() : MeetingPages.day(form.get("day"));
                yield day == null || !past(day)
                        ? Outcome.refused(new Refusal("请写事情发生的那一天，例如 " + clock.today() + "，不能晚于今天，也不早于十年前"))
                        : reports.report(
                                member.id(), event, day, form.get("serious").equals("true"), by);
            }
        };
    }

    private Outcome<Member> split(Member member, Forms form, String by) {
        List<String> into = Arrays.stream(form.get("into").split("[、，,；;\\n]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        String seal = form.get("seal");
        if (into.isEmpty() || seal.length() > 120 || into.stream().anyMatch(name -> name.length() > 120)) {
            return Outcome.refused(new Refusal("请写分立出去的各家的名称，用顿号隔开，每个最多120字"));
        }
        // A form sent twice would write the split twice.
        boolean told = roster.history(member.id()).stream()
                .anyMatch(entry -> entry.kind() == EntryKind.SPLIT && entry.on().equals(clock.today()));
        return told
                ? Outcome.refused(new Refusal("今天已经登记过它的分立"))
                : reports.split(member.id(), seal.isEmpty() || seal.equals(member.name()) ? null : seal, into, by);
    }

    private boolean past(LocalDate day) {
        LocalDate today = clock.today();
        return !day.isAfter(today) && !day.isBefore(today.minusYears(OLDEST));
    }

    @GetMapping("/console/{code}/activities")
    String activities(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        model.addAttribute(
                "held",
                new Held(
                        visitor.at("activities"),
                        clock.today().toString(),
                        activities.latest(PAST).stream()
                                .map(one -> new Past(one.day() + " 周" + Words.week(one.day()), one.members() + "家"))
                                .toList()));
        return "console/activities";
    }

    @PostMapping("/console/{code}/activities")
    String held(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        LocalDate day = MeetingPages.day(form.get("day"));
        List<Member> present = RaisingPages.named(roster, form, "present");
        if (day == null || !past(day)) {
            form.fault("day", "请写活动那一天，例如 " + clock.today() + "，不能晚于今天，也不早于十年前。");
        } else if (present.isEmpty() || present.size() > MOST) {
            form.fault("present", "请写参加的会员的全称，每行一家，一次最多" + MOST + "家。");
        }
        if (day == null || !form.fits()) {
            next.addFlashAttribute(
                    "refused",
                    new Frame.Refused(form.faults().values().iterator().next(), ""));
            next.addFlashAttribute("typed", Map.of("day", form.get("day"), "present", form.get("present")));
            return "redirect:" + visitor.at("activities");
        }
        List<Long> ids = present.stream().map(Member::id).distinct().toList();
        Map<Long, List<LocalDate>> before = activities.attended(ids);
        List<Long> fresh = ids.stream()
                .filter(one -> !before.getOrDefault(one, List.of()).contains(day))
                .toList();
        if (!fresh.isEmpty()) {
            activities.record(day, fresh, visitor.username());
        }
        next.addFlashAttribute(
                "done", day + "的活动已登记：新记" + fresh.size() + "家，" + (ids.size() - fresh.size()) + "家早已在册。");
        return "redirect:" + visitor.at("activities");
    }
}
