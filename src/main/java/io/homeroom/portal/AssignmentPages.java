package io.homeroom.portal;

import io.homeroom.casework.Assignments;
import io.homeroom.desk.Task;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the association asked a member to do, or it promised; it says here what is done. */
@Controller("portalAssignmentPages")
@RequestMapping("/m/{code}/cases/assignments")
class AssignmentPages {

    private record Item(String id, String text, String word, String mood, String line, boolean open) {}

    private final Reception reception;
    private final Assignments assignments;
    private final BusinessClock clock;

    AssignmentPages(Reception reception, Assignments assignments, BusinessClock clock) {
        this.reception = reception;
        this.assignments = assignments;
        this.clock = clock;
    }

    @GetMapping
    String list(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            LocalDate today = clock.today();
            model.addAttribute(
                    "items",
                    assignments.of(member.id()).stream()
                            .filter(task -> task.state() != Task.State.CANCELLED)
                            .map(task -> item(task, today))
                            .toList());
            model.addAttribute("cite", reception.law().cite(assignments.clauses()));
            return "portal/assignments";
        });
    }

    private static Item item(Task task, LocalDate today) {
        String said = Assignments.said(task);
        boolean done = task.state() == Task.State.DONE;
        LocalDate due = task.due();
        String word = done ? "已完成" : !said.isEmpty() ? "待核实" : task.overdue(today) ? "已过期" : "未完成";
        String line = (due == null ? "" : Days.said(due, today) + "前完成")
                + (done || due == null || !said.isEmpty() ? "" : "，" + Days.left(due, today))
                + (said.isEmpty() ? "" : "；" + said);
        return new Item(
                Long.toString(task.id()),
                task.text(),
                word,
                done ? "good" : task.overdue(today) && said.isEmpty() ? "bad" : "",
                line,
                !done && said.isEmpty());
    }

    @PostMapping
    String report(
            @RequestParam long task,
            @RequestParam(defaultValue = "") String words,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(request, model, (member, openid) -> {
            Outcome<Task> told = assignments.report(task, member.id(), words, "member:" + member.id());
            if (told instanceof Outcome.Refused<Task> refused) {
                next.addFlashAttribute("refused", refused.refusal().reason() + "。");
            } else {
                next.addFlashAttribute("done", "已告诉秘书处，核实后办结。");
            }
            return "redirect:/m/" + Tenant.current() + "/cases/assignments";
        });
    }
}
