package io.homeroom.console;

import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Robots;
import io.homeroom.portal.Sending;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Messages to classes: writing one, what became of each, who has read the important ones, and the classes' robots. */
@Controller
class SendingPage {

    private static final int LATEST = 30;

    private final Sending sending;
    private final Robots robots;

    SendingPage(Sending sending, Robots robots) {
        this.sending = sending;
        this.robots = robots;
    }

    private String show(Visitor visitor, Sending.Step step, Model model) {
        model.addAttribute("step", step);
        model.addAttribute("root", visitor.at("sending/"));
        model.addAttribute("ways", sending.ways());
        model.addAttribute("grades", sending.grades());
        model.addAttribute("sizes", sending.sizes());
        model.addAttribute("fees", sending.fees());
        model.addAttribute("latest", sending.latest(visitor.staff(), visitor.only(), LATEST));
        return "console/sending";
    }

    @GetMapping("/console/{code}/sending")
    String list(Visitor visitor, Model model) {
        return show(visitor, new Sending.Step(Sending.Form.blank(), "", "", null, List.of(), ""), model);
    }

    @PostMapping("/console/{code}/sending")
    String send(
            Visitor visitor,
            @ModelAttribute Sending.Form form,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Model model,
            RedirectAttributes next)
            throws IOException {
        Sending.Step step = sending.step(visitor.staff(), form, file);
        if (step.sent().isEmpty()) {
            return show(visitor, step, model);
        }
        next.addFlashAttribute("done", "已提交。结果在这一页，随时可以回来看。");
        return "redirect:" + visitor.at("sending/" + step.sent());
    }

    @GetMapping("/console/{code}/sending/sent/{round}")
    String sent(Visitor visitor, @PathVariable long round, Model model) {
        model.addAttribute("result", sending.result(visitor.staff(), round).orElseThrow(NotHere::new));
        return "console/sent";
    }

    @GetMapping("/console/{code}/sending/circulars/{id}")
    String circular(Visitor visitor, @PathVariable long id, Model model) {
        model.addAttribute("readers", sending.readers(id, visitor.only()).orElseThrow(NotHere::new));
        model.addAttribute("againHref", visitor.at("sending/circulars/" + id + "/again"));
        return "console/circular";
    }

    @PostMapping("/console/{code}/sending/circulars/{id}/again")
    String again(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        if (sending.readers(id, visitor.only()).isEmpty()) {
            throw new NotHere();
        }
        next.addFlashAttribute(
                "done", sending.again(visitor.staff(), id, visitor.only()).said());
        return "redirect:" + visitor.at("sending/circulars/" + id);
    }

    @PostMapping("/console/{code}/classes/{teacher}/robot")
    String robot(
            Visitor visitor,
            @PathVariable long teacher,
            @RequestParam(defaultValue = "") String address,
            RedirectAttributes next) {
        boolean own = visitor.desks().contains(teacher);
        if (!own && !visitor.mayEdit()) {
            throw new NotHere();
        }
        Outcome<Robots.Standing> outcome = robots.set(teacher, address, visitor.username());
        if (outcome instanceof Outcome.Refused<Robots.Standing> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", "机器人已登记，密钥加密保存，不再显示。");
        }
        return "redirect:" + visitor.at("classes");
    }
}
