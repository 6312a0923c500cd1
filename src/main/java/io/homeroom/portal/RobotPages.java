package io.homeroom.portal;

import io.homeroom.desk.Role;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Outcome;
import io.homeroom.liaison.Robots;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The robot of a class teacher's group, on the phone: a new address when WeCom does not take the old one any more. */
@Controller
@RequestMapping("/t/{code}/robot")
class RobotPages {

    private final StaffDoor door;
    private final Robots robots;
    private final Lawbook laws;
    private final BusinessClock clock;

    RobotPages(StaffDoor door, Robots robots, Lawbook laws, BusinessClock clock) {
        this.door = door;
        this.robots = robots;
        this.laws = laws;
        this.clock = clock;
    }

    private String teacher(HttpServletRequest request, Model model, Function<StaffMember, String> page) {
        return door.known(
                request,
                "robot",
                model,
                who -> who.roles().contains(Role.TEACHER)
                        ? page.apply(who)
                        : MemberPages.message(model, Message.notice("你名下没有班级", "群机器人由班主任登记。")));
    }

    private String show(StaffMember who, String said, boolean done, Model model) {
        model.addAttribute("association", laws.of(clock.today()).name());
        model.addAttribute("standing", robots.standing(who.id()).name());
        model.addAttribute("said", said);
        model.addAttribute("good", done);
        model.addAttribute("href", StaffDoor.at("robot"));
        return "portal/robot";
    }

    @GetMapping
    String robot(HttpServletRequest request, Model model) {
        return teacher(request, model, who -> show(who, "", true, model));
    }

    @PostMapping
    String set(@RequestParam(defaultValue = "") String address, HttpServletRequest request, Model model) {
        return teacher(request, model, who -> {
            Outcome<Robots.Standing> outcome = robots.set(who.id(), address, who.username());
            return outcome instanceof Outcome.Refused<Robots.Standing> refused
                    ? show(who, refused.refusal().reason() + "。", false, model)
                    : show(who, "登记好了，密钥加密保存。留着没发的会接着发，已发的不重发。", true, model);
        });
    }
}
