package io.homeroom.console;

import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Covers;
import io.homeroom.schedule.Associations;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/** The pages outside every association: signing in, choosing, one's own password, and what is not there. */
@Controller
class DoorPages {

    private record Choice(String code, String href, String name, String line) {}

    private final Associations associations;
    private final Lawbooks lawbooks;
    private final Figures figures;
    private final Staff staff;
    private final Covers covers;

    DoorPages(Associations associations, Lawbooks lawbooks, Figures figures, Staff staff, Covers covers) {
        this.associations = associations;
        this.lawbooks = lawbooks;
        this.figures = figures;
        this.staff = staff;
        this.covers = covers;
    }

    @GetMapping("/console/login")
    String login(@Nullable Authentication signedIn, HttpServletRequest request, Model model) {
        if (signedIn != null) {
            return "redirect:/console";
        }
        if (request.getParameterMap().containsKey("later")) {
            model.addAttribute("fault", "试得太多了，请过几分钟再来。");
        } else if (request.getParameterMap().containsKey("wrong")) {
            model.addAttribute("fault", "用户名或密码不对。请再试一次。");
        }
        return "console/login";
    }

    @GetMapping({"/console", "/console/"})
    String choose(Authentication signedIn, Model model) {
        List<Choice> choices = new ArrayList<>();
        for (String code : mine(signedIn)) {
            String line = Tenant.in(code, () -> line(code, signedIn.getName()));
            choices.add(new Choice(code, "/console/" + code + "/today", lawbooks.name(code), line));
        }
        if (choices.size() == 1) {
            return "redirect:" + choices.get(0).href();
        }
        model.addAttribute("associations", choices);
        return "console/choose";
    }

    /** An association's address by itself leads to its first page; who may not enter learns it there. */
    @GetMapping({"/console/{code}", "/console/{code}/"})
    String first(@PathVariable String code) {
        return "redirect:/console/" + UriUtils.encodePathSegment(code, StandardCharsets.UTF_8) + "/today";
    }

    private String line(String code, String username) {
        List<Long> only = staff.byUsername(username)
                .map(account -> new Visitor(code, account, covers.desksOf(account.id()), List.of()).only())
                .orElse(null);
        Map<String, Integer> counts = figures.standings(only);
        int belong = counts.getOrDefault("active", 0) + counts.getOrDefault("suspended", 0);
        return (only == null ? "会员 " : "我的班级 ") + belong + " 家";
    }

    @GetMapping("/console/account")
    String account(Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", Forms.empty());
        }
        return "console/account";
    }

    @PostMapping("/console/account")
    String changePassword(
            Authentication signedIn, @RequestParam Map<String, String> sent, Model model, RedirectAttributes next) {
        String old = sent.getOrDefault("old", "");
        String fresh = sent.getOrDefault("fresh", "");
        Forms form = Forms.empty();
        List<String> here = mine(signedIn).stream()
                .filter(code -> Tenant.in(code, () -> staff.verify(signedIn.getName(), old))
                        .isPresent())
                .toList();
        if (here.isEmpty()) {
            form.fault("old", "现在的密码不对");
        }
        if (fresh.length() < 12) {
            form.fault("fresh", "至少 12 位");
        } else if (!fresh.equals(sent.getOrDefault("again", ""))) {
            form.fault("again", "两次写的不一样");
        }
        if (!form.fits()) {
            model.addAttribute("form", form);
            return "console/account";
        }
        for (String code : here) {
            Tenant.run(code, () -> {
                StaffMember me = staff.byUsername(signedIn.getName()).orElseThrow();
                if (staff.password(me.id(), fresh, me.username()) instanceof Outcome.Refused<StaffMember> refused) {
                    form.fault("fresh", refused.refusal().reason());
                }
            });
        }
        if (!form.fits()) {
            model.addAttribute("form", form);
            return "console/account";
        }
        next.addFlashAttribute("done", "密码已改。");
        return "redirect:/console/account";
    }

    /** Where a request ends that asked for an association it may not see. */
    @RequestMapping("/console/nowhere")
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String nowhere(HttpServletRequest request, Model model) {
        model.addAttribute("title", "没有找到这一页");
        model.addAttribute("detail", "地址不对，或你的账号不在这个协会。");
        return "console/trouble";
    }

    private List<String> mine(Authentication signedIn) {
        return associations.codes().stream()
                .filter(code -> ConsoleLogin.knows(signedIn, code))
                .filter(code -> Tenant.in(code, () -> staff.byUsername(signedIn.getName()))
                        .filter(StaffMember::active)
                        .isPresent())
                .toList();
    }
}
