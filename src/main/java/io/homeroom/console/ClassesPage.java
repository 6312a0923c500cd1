package io.homeroom.console;

import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Classes;
import io.homeroom.liaison.Cover;
import io.homeroom.liaison.Covers;
import io.homeroom.liaison.Group;
import io.homeroom.liaison.Groups;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Classes: how large each is, its group, who stands in for whom, hand-over, and members without a class teacher. */
@Controller
class ClassesPage {

    private static final int NAMES = 8;
    private static final int SHOWN = 20;
    private static final int AHEAD_DAYS = 400;

    private record Row(
            String name,
            int load,
            String groups,
            String missing,
            String cover,
            String robot,
            @Nullable String robotHref) {}

    private record Leave(String text, String endHref) {}

    private record Choice(long id, String text) {}

    private record Without(String name, String href, String assignHref, List<Choice> choices) {}

    private record View(
            List<Row> rows,
            List<Leave> leaves,
            List<Choice> teachers,
            List<Without> without,
            boolean edits,
            String leaveHref,
            String handOverHref,
            String today) {}

    private final Classes classes;
    private final Covers covers;
    private final Groups groups;
    private final Robots robots;
    private final Staff staff;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    ClassesPage(
            Classes classes,
            Covers covers,
            Groups groups,
            Robots robots,
            Staff staff,
            Lawbooks lawbooks,
            BusinessClock clock) {
        this.robots = robots;
        this.classes = classes;
        this.covers = covers;
        this.groups = groups;
        this.staff = staff;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/classes")
    String classes(Visitor visitor, Model model) {
        List<Long> only = visitor.only();
        Map<Long, Integer> sizes = classes.sizes();
        List<StaffMember> teachers = staff.teachers().stream()
                .filter(teacher -> !teacher.roles().contains(Role.ADMIN) || sizes.containsKey(teacher.id()))
                .toList();
        List<Row> rows = teachers.stream()
                .filter(teacher -> only == null || only.contains(teacher.id()))
                .map(teacher -> row(visitor, teacher, sizes.getOrDefault(teacher.id(), 0)))
                .toList();
        List<Leave> leaves = covers.between(clock.today(), clock.today().plusDays(AHEAD_DAYS)).stream()
                .filter(cover -> only == null || only.contains(cover.teacherId()) || only.contains(cover.deputyId()))
                .map(cover -> new Leave(
                        name(cover.teacherId()) + " → " + name(cover.deputyId()) + "　" + span(cover)
                                + (cover.on(clock.today()) ? "（进行中）" : ""),
                        visitor.at("classes/covers/" + cover.id() + "/end")))
                .toList();
        List<Choice> options = teachers.stream()
                .map(teacher ->
                        new Choice(teacher.id(), teacher.name() + "（" + sizes.getOrDefault(teacher.id(), 0) + "家）"))
                .toList();
        model.addAttribute(
                "classes",
                new View(
                        rows,
                        leaves,
                        options,
                        visitor.mayEdit() ? without(visitor) : List.of(),
                        visitor.mayEdit(),
                        visitor.at("classes/covers"),
                        visitor.at("classes/hand-over"),
                        clock.today().toString()));
        return "console/classes";
    }

    private Row row(Visitor visitor, StaffMember teacher, int load) {
        List<Group> own = groups.of(teacher.id());
        List<Member> missing =
                own.isEmpty() ? List.of() : groups.attendance(teacher.id()).missing();
        String names = missing.stream().limit(NAMES).map(Member::name).collect(Collectors.joining("、"));
        return new Row(
                teacher.name(),
                load,
                own.isEmpty() ? "还没有班级群" : own.stream().map(Group::name).collect(Collectors.joining("、")),
                own.isEmpty()
                        ? ""
                        : missing.isEmpty()
                                ? "都在群里"
                                : missing.size() + "家不在：" + names + (missing.size() > NAMES ? "等" : ""),
                covers.deputyOf(teacher.id(), clock.today())
                        .map(deputy -> "请假，" + deputy.name() + "代班")
                        .orElse(""),
                switch (robots.standing(teacher.id())) {
                    case NONE -> "还没有登记";
                    case READY -> "可用";
                    case REVOKED -> "密钥失效，请换";
                },
                visitor.mayEdit() || visitor.desks().contains(teacher.id())
                        ? visitor.at("classes/" + teacher.id() + "/robot")
                        : null);
    }

    private List<Without> without(Visitor visitor) {
        return classes.without(0, 500).items().stream()
                .limit(SHOWN)
                .map(member -> new Without(
                        member.name(),
                        visitor.at("members/" + member.id()),
                        visitor.at("classes/members/" + member.id()),
                        classes.suggest(member.id()).stream()
                                .map(choice -> new Choice(
                                        choice.teacher().id(),
                                        choice.teacher().name() + " · " + String.join("，", choice.why())))
                                .toList()))
                .toList();
    }

    @PostMapping("/console/{code}/classes/members/{id}")
    String assign(Visitor visitor, @PathVariable long id, @RequestParam long teacher, RedirectAttributes next) {
        edits(visitor);
        Outcome<Member> outcome =
                classes.assign(id, teacher, visitor.username(), lawbooks.teacherClauses(visitor.code()));
        return ended(visitor, outcome, "班主任已安排，双方和会员都会收到通知。", next);
    }

    @PostMapping("/console/{code}/classes/hand-over")
    String handOver(Visitor visitor, @RequestParam long from, @RequestParam long to, RedirectAttributes next) {
        edits(visitor);
        List<Long> members = classes.classOf(from).stream().map(Member::id).toList();
        Outcome<Integer> outcome =
                classes.handOver(members, to, visitor.username(), lawbooks.teacherClauses(visitor.code()));
        return ended(visitor, outcome, "交接了" + members.size() + "家：交接清单已发给原班主任，双方和会员都会收到通知。", next);
    }

    @PostMapping("/console/{code}/classes/covers")
    String cover(
            Visitor visitor,
            @RequestParam long teacher,
            @RequestParam long deputy,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        own(visitor, teacher);
        LocalDate first = day(from);
        LocalDate last = day(to);
        if (first == null || last == null) {
            next.addFlashAttribute("refused", new Frame.Refused("请选开始和结束的日子。", ""));
            return "redirect:" + visitor.at("classes");
        }
        return ended(
                visitor, covers.arrange(teacher, deputy, first, last, note, visitor.username()), "代班已安排，到期自动结束。", next);
    }

    @PostMapping("/console/{code}/classes/covers/{id}/end")
    String end(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        Cover cover = covers.find(id).orElseThrow(NotHere::new);
        own(visitor, cover.teacherId());
        return ended(visitor, covers.end(id, visitor.username()), "代班已结束，班级回到班主任手里。", next);
    }

    private static String ended(Visitor visitor, Outcome<?> outcome, String done, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:" + visitor.at("classes");
    }

    private static void edits(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
    }

    /** A class teacher arranges its own leave; the secretariat anybody's. */
    private static void own(Visitor visitor, long teacher) {
        boolean self = visitor.is(Role.TEACHER) && visitor.staff().id() == teacher;
        if (!self && !visitor.mayEdit()) {
            throw new NotHere();
        }
    }

    private String name(long id) {
        return staff.find(id).map(StaffMember::name).orElse("");
    }

    private String span(Cover cover) {
        LocalDate today = clock.today();
        return Days.said(cover.from(), today) + " 至 " + Days.said(cover.to(), today);
    }

    private static @Nullable LocalDate day(String iso) {
        try {
            return LocalDate.parse(iso);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
