package io.homeroom.console;

import io.homeroom.casework.Enrolments;
import io.homeroom.casework.Enrolments.Enrolment;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The branches a member is in: the office enters what it joins and leaves, whoever looks after it sees them. */
@Controller
class BranchPages {

    private record Line(String name, String role, @Nullable String leaveHref) {}

    private record View(
            String name,
            String memberHref,
            String href,
            String cites,
            List<Line> branches,
            boolean mayJoin,
            List<String> others,
            @Nullable String against,
            String againstCites) {}

    private final Enrolments enrolments;
    private final Roster roster;

    BranchPages(Enrolments enrolments, Roster roster) {
        this.enrolments = enrolments;
        this.roster = roster;
    }

    private Member member(Visitor visitor, long id) {
        return roster.find(id).filter(visitor::looksAfter).orElseThrow(NotHere::new);
    }

    private static String at(Visitor visitor, long id) {
        return visitor.at("members/" + id + "/branches");
    }

    @GetMapping("/console/{code}/members/{id:\\d{1,19}}/branches")
    String show(Visitor visitor, @PathVariable long id, Model model) {
        Member member = member(visitor, id);
        Enrolment enrolment = enrolments.of(id).orElseThrow(NotHere::new);
        Refusal against = enrolment.against();
        List<Line> lines = new ArrayList<>();
        for (String branch : enrolment.branches()) {
            lines.add(new Line(
                    branch,
                    lines.isEmpty() ? "联络、催缴会费" : "联络",
                    visitor.mayEdit() && member.belongs() ? at(visitor, id) + "/leave" : null));
        }
        model.addAttribute(
                "branches",
                new View(
                        member.name(),
                        visitor.at("members/" + id),
                        at(visitor, id),
                        Words.cites(enrolment.cites()),
                        lines,
                        visitor.mayEdit() && against == null && (enrolment.several() || lines.isEmpty()),
                        enrolment.others(),
                        against == null ? null : against.reason(),
                        against == null ? "" : Words.cites(against.clauses())));
        return "console/branches";
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/branches")
    String join(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String branch,
            RedirectAttributes next) {
        may(visitor, id);
        String name = branch.strip();
        Refusals.told(enrolments.join(id, name, visitor.staff().address()), "已加入" + name + "，已告诉会员和有关分会。", next);
        return "redirect:" + at(visitor, id);
    }

    @PostMapping("/console/{code}/members/{id:\\d{1,19}}/branches/leave")
    String leave(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String branch,
            RedirectAttributes next) {
        may(visitor, id);
        String name = branch.strip();
        Refusals.told(enrolments.leave(id, name, visitor.staff().address()), "已退出" + name + "，已告诉会员和有关分会。", next);
        return "redirect:" + at(visitor, id);
    }

    private void may(Visitor visitor, long id) {
        member(visitor, id);
        if (!visitor.mayEdit() || enrolments.of(id).isEmpty()) {
            throw new NotHere();
        }
    }
}
