package io.homeroom.console;

import io.homeroom.console.MemberPage.Option;
import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Accounts of those who work here; for administrators. */
@Controller
class StaffPage {

    private record Row(
            String name,
            String username,
            String roles,
            String offices,
            String phone,
            boolean active,
            @Nullable String stopHref) {}

    private record View(List<Row> rows, List<Option> roles, String addHref) {}

    private final Staff staff;

    StaffPage(Staff staff) {
        this.staff = staff;
    }

    @GetMapping("/console/{code}/staff")
    String staff(Visitor visitor, Model model) {
        return page(visitor, Forms.empty(), Set.of(Role.TEACHER), model);
    }

    private String page(Visitor visitor, Forms form, Set<Role> chosen, Model model) {
        may(visitor);
        List<Row> rows = staff.all().stream().map(one -> row(visitor, one)).toList();
        List<Option> roles = Arrays.stream(Role.values())
                .map(role -> new Option(role.name(), role.word(), chosen.contains(role)))
                .toList();
        model.addAttribute("form", form);
        model.addAttribute("staff", new View(rows, roles, visitor.at("staff")));
        return "console/staff";
    }

    private static Row row(Visitor visitor, StaffMember one) {
        boolean self = one.id() == visitor.staff().id();
        return new Row(
                one.name(),
                one.username(),
                one.roles().stream().sorted().map(Role::word).collect(Collectors.joining("、")),
                one.offices().stream().sorted().collect(Collectors.joining("、")),
                one.phone() == null ? "" : Mask.phone(one.phone()),
                one.active(),
                one.active() && !self ? visitor.at("staff/" + one.id() + "/stop") : null);
    }

    @PostMapping("/console/{code}/staff")
    String add(
            Visitor visitor, @RequestParam MultiValueMap<String, String> sent, Model model, RedirectAttributes next) {
        may(visitor);
        Map<String, String> single = sent.toSingleValueMap();
        String password = single.getOrDefault("password", "");
        Forms form = Forms.of(single);
        form.values().remove("password");
        String name = form.required("name", 40);
        String username = form.required("username", 40);
        String phone = form.orNull("phone");
        if (phone != null && !phone.matches("\\+?[0-9][0-9 -]{5,18}[0-9]")) {
            form.fault("phone", "写成手机号或带区号的电话");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : sent.getOrDefault("roles", new ArrayList<>())) {
            Arrays.stream(Role.values()).filter(one -> one.name().equals(role)).forEach(roles::add);
        }
        if (roles.isEmpty()) {
            form.fault("roles", "至少选一个角色");
        }
        if (password.length() < 12) {
            form.fault("password", "至少 12 位");
        }
        if (form.fits()) {
            Set<String> offices =
                    new LinkedHashSet<>(Arrays.stream(form.get("offices").split("[\\s、，,]+"))
                            .filter(word -> !word.isBlank())
                            .toList());
            Outcome<StaffMember> added = staff.add(
                    new NewStaff(username, name, password, form.orNull("wecom"), phone, roles, offices),
                    visitor.username());
            if (added instanceof Outcome.Refused<StaffMember> refused) {
                form.fault("username", refused.refusal().reason());
            }
        }
        if (!form.fits()) {
            return page(visitor, form, roles, model);
        }
        next.addFlashAttribute("done", name + "的账号已建好。");
        return "redirect:" + visitor.at("staff");
    }

    @PostMapping("/console/{code}/staff/{id}/stop")
    String stop(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        may(visitor);
        StaffMember one = staff.find(id)
                .filter(found -> found.id() != visitor.staff().id())
                .orElseThrow(NotHere::new);
        staff.deactivate(one.id(), visitor.username());
        next.addFlashAttribute("done", one.name() + "的账号已停用；班级里的会员请另行交接。");
        return "redirect:" + visitor.at("staff");
    }

    private static void may(Visitor visitor) {
        if (!visitor.is(Role.ADMIN)) {
            throw new NotHere();
        }
    }
}
