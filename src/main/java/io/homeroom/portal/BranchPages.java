package io.homeroom.portal;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.Enrolments;
import io.homeroom.casework.Enrolments.Enrolment;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The branches a member is in; it joins and leaves them here by itself, one or several (BACCA-27-7). */
@Controller("portalBranchPages")
@RequestMapping("/m/{code}/branches")
class BranchPages {

    private final Reception reception;
    private final Enrolments enrolments;

    BranchPages(Reception reception, Enrolments enrolments) {
        this.reception = reception;
        this.enrolments = enrolments;
    }

    @GetMapping
    String show(HttpServletRequest request, Model model) {
        return reception.known(request, model, (member, openid) -> {
            Enrolment enrolment = enrolments.of(member.id()).orElse(null);
            if (enrolment == null) {
                return MemberPages.message(model, Message.notice("没有分会", "本协会的规则没有分会。", "有事请联系班主任或秘书处。"));
            }
            Refusal against = enrolment.against();
            model.addAttribute("enrolment", enrolment);
            model.addAttribute("mayLeave", member.belongs());
            model.addAttribute(
                    "mayJoin",
                    against == null
                            && (enrolment.several() || enrolment.branches().isEmpty()));
            model.addAttribute(
                    "against",
                    against == null ? "" : against.reason() + reception.law().cite(against.clauses()) + "。");
            model.addAttribute("cite", reception.law().cite(enrolment.cites()));
            return "portal/branches";
        });
    }

    @PostMapping
    String join(
            @RequestParam(defaultValue = "") String branch,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(
                request,
                model,
                (member, openid) -> told(
                        enrolments.join(member.id(), branch.strip(), Enrolments.MEMBER),
                        "已加入" + branch.strip() + "。",
                        next));
    }

    @PostMapping("/leave")
    String leave(
            @RequestParam(defaultValue = "") String branch,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        return reception.known(
                request,
                model,
                (member, openid) -> told(
                        enrolments.leave(member.id(), branch.strip(), Enrolments.MEMBER),
                        "已退出" + branch.strip() + "。",
                        next));
    }

    private String told(Outcome<CaseView> outcome, String done, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<CaseView> refused) {
            next.addFlashAttribute(
                    "refused",
                    refused.refusal().reason()
                            + reception.law().cite(refused.refusal().clauses()) + "。");
        } else {
            next.addFlashAttribute("done", done);
        }
        return "redirect:/m/" + Tenant.current() + "/branches";
    }
}
