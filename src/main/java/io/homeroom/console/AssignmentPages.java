package io.homeroom.console;

import io.homeroom.casework.Assignments;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a member was asked to do or has promised: by when, what it says, what became of it. */
@Controller
class AssignmentPages {

    private record Line(String id, String text, String kind, String due, Words.Chip state, String said, boolean open) {}

    private record View(
            String name,
            String memberHref,
            String href,
            String cites,
            String today,
            boolean mayAssign,
            String line,
            List<Line> items) {}

    private final Assignments assignments;
    private final Tasks tasks;
    private final Roster roster;
    private final BusinessClock clock;

    AssignmentPages(Assignments assignments, Tasks tasks, Roster roster, BusinessClock clock) {
        this.assignments = assignments;
        this.tasks = tasks;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/assignments")
    String list(Visitor visitor, @PathVariable long id, Model model) {
        Member member = visitor.member(roster, id);
        LocalDate today = clock.today();
        List<Task> all = assignments.of(id);
        long late = all.stream().filter(task -> task.overdue(today)).count();
        long done = all.stream().filter(task -> task.state() == Task.State.DONE).count();
        model.addAttribute(
                "assignments",
                new View(
                        member.name(),
                        visitor.at("members/" + id),
                        visitor.at("members/" + id + "/assignments"),
                        Words.cites(assignments.clauses()),
                        today.toString(),
                        visitor.mayInvite() && !assignments.clauses().isEmpty(),
                        all.isEmpty() ? "没有交办过任务。" : "共" + all.size() + "项，完成" + done + "项，逾期未完成" + late + "项。",
                        all.stream().map(task -> line(task, today)).toList()));
        return "console/assignments";
    }

    private static Line line(Task task, LocalDate today) {
        Words.Chip state = switch (task.stateOn(today)) {
            case "overdue" -> new Words.Chip("逾期", "bad");
            case "done" -> new Words.Chip("完成", "good");
            case "cancelled" -> new Words.Chip("取消", "");
            default -> new Words.Chip("未完成", "info");
        };
        return new Line(
                Long.toString(task.id()),
                task.text(),
                task.data().containsKey("promised") ? "会员承诺" : "协会交办",
                task.due() == null ? "" : task.due().toString(),
                state,
                Assignments.said(task),
                task.state() == Task.State.OPEN);
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/assignments")
    String assign(
            Visitor visitor, @PathVariable long id, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        visitor.member(roster, id);
        String back = "redirect:" + visitor.at("members/" + id + "/assignments");
        Forms form = Forms.of(sent);
        LocalDate due = MeetingPages.day(form.get("due"));
        if (!visitor.mayInvite()) {
            throw new NotHere();
        }
        if (due == null) {
            next.addFlashAttribute("refused", new Frame.Refused("请写完成日期，如 2026-04-30。", ""));
            return back;
        }
        Outcome<Task> outcome =
                assignments.assign(id, form.get("what"), form.get("promised").equals("true"), due, visitor.username());
        Refusals.told(outcome, "已记下，并通知了会员。", next);
        return back;
    }

    /** The office confirms that a task is done, or takes it back. */
    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/assignments/{task:\\d{1,19}}")
    String settle(
            Visitor visitor,
            @PathVariable long id,
            @PathVariable long task,
            @RequestParam(defaultValue = "") String end,
            RedirectAttributes next) {
        visitor.member(roster, id);
        boolean there = assignments.of(id).stream().anyMatch(one -> one.id() == task);
        if (!visitor.mayInvite() || !there || !List.of("done", "cancel").contains(end)) {
            throw new NotHere();
        }
        if (end.equals("cancel")) {
            tasks.cancel(task, visitor.username());
            next.addFlashAttribute("done", "已取消这项任务。");
        } else {
            Refusals.told(tasks.done(task, List.of(), visitor.username()), "已确认完成。", next);
        }
        return "redirect:" + visitor.at("members/" + id + "/assignments");
    }
}
