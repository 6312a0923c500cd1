package io.homeroom.portal;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Pages on a class teacher's phone for sending to the class, and for what became of it. */
@Controller
@RequestMapping("/t/{code}")
class SendPages {

    private static final int LATEST = 8;

    private final Sending sending;
    private final StaffDoor door;
    private final ClassDay day;
    private final Lawbook laws;
    private final BusinessClock clock;

    SendPages(Sending sending, StaffDoor door, ClassDay day, Lawbook laws, BusinessClock clock) {
        this.sending = sending;
        this.door = door;
        this.day = day;
        this.laws = laws;
        this.clock = clock;
    }

    private String known(HttpServletRequest request, String path, Model model, Function<StaffMember, String> page) {
        return door.known(request, path, model, who -> {
            model.addAttribute(
                    "association", laws.of(Tenant.current(), clock.today()).name());
            model.addAttribute("root", "/t/" + Tenant.current() + "/");
            return page.apply(who);
        });
    }

    @GetMapping("/send")
    String blank(HttpServletRequest request, Model model) {
        return known(
                request,
                "send",
                model,
                who -> show(who, new Sending.Step(Sending.Form.blank(), "", "", null, List.of(), ""), model));
    }

    private String show(StaffMember who, Sending.Step step, Model model) {
        model.addAttribute("step", step);
        model.addAttribute("ways", sending.ways());
        model.addAttribute("grades", sending.grades());
        model.addAttribute("sizes", sending.sizes());
        model.addAttribute("fees", sending.fees());
        model.addAttribute("latest", sending.latest(who, day.reach(who), LATEST));
        return step.lines().isEmpty() ? "portal/send" : "portal/send-preview";
    }

    @PostMapping("/send")
    String send(
            @ModelAttribute Sending.Form form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            HttpServletRequest request,
            Model model) {
        return known(request, "send", model, who -> {
            Sending.Step step;
            try {
                step = sending.step(who, form, file);
            } catch (IOException e) {
                return MemberPages.message(model, Message.trouble("文件没有传完", "请重新选一次文件再试。"));
            }
            return step.sent().isEmpty()
                    ? show(who, step, model)
                    : "redirect:/t/" + Tenant.current() + "/" + step.sent();
        });
    }

    @GetMapping("/sent/{round}")
    String sent(@PathVariable long round, HttpServletRequest request, Model model) {
        return known(request, "sent/" + round, model, who -> {
            Optional<Sending.Result> result = sending.result(who, round);
            model.addAttribute("result", result.orElse(null));
            return result.isEmpty()
                    ? MemberPages.message(model, Message.notice("没有这次群发", "它可能属于别的班级。"))
                    : "portal/sent";
        });
    }

    @GetMapping("/circulars/{id}")
    String circular(@PathVariable long id, HttpServletRequest request, Model model) {
        return known(request, "circulars/" + id, model, who -> {
            Optional<Sending.Readers> readers = sending.readers(id, day.reach(who));
            model.addAttribute("readers", readers.orElse(null));
            return readers.isEmpty()
                    ? MemberPages.message(model, Message.notice("没有这份通知", "它可能发给了别的班级。"))
                    : "portal/circular-readers";
        });
    }

    @PostMapping("/circulars/{id}/again")
    String again(@PathVariable long id, HttpServletRequest request, Model model, RedirectAttributes next) {
        return known(request, "circulars/" + id, model, who -> {
            next.addFlashAttribute(
                    "done", sending.again(who, id, day.reach(who)).said());
            return "redirect:/t/" + Tenant.current() + "/circulars/" + id;
        });
    }
}
