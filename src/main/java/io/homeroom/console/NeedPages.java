package io.homeroom.console;

import io.homeroom.care.Need;
import io.homeroom.care.Needs;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Service: what members need and ask for, and the answers. */
@Controller
@RequestMapping("/console/{code}/care")
class NeedPages {

    private static final int SHOWN = 200;

    record NeedLine(Need need, String member, String href, boolean late, String owner) {}

    private final Needs needs;
    private final Sight sight;
    private final Lines lines;
    private final BusinessClock clock;

    NeedPages(Needs needs, Sight sight, Lines lines, BusinessClock clock) {
        this.needs = needs;
        this.sight = sight;
        this.lines = lines;
        this.clock = clock;
    }

    @GetMapping
    String needs(Visitor visitor, @RequestParam(defaultValue = "open") String show, Model model) {
        List<Need> found = needs.all(!show.equals("done"), SHOWN);
        Map<Long, Member> members =
                sight.of(visitor, found.stream().map(Need::memberId).toList());
        Map<String, String> people = lines.people();
        LocalDate today = clock.today();
        model.addAttribute(
                "needs",
                found.stream()
                        .filter(need -> members.containsKey(need.memberId()))
                        .map(need -> new NeedLine(
                                need,
                                Sight.name(members, need.memberId()),
                                visitor.at("members/" + need.memberId()),
                                need.late(today),
                                people.getOrDefault(need.owner(), need.owner())))
                        .toList());
        model.addAttribute("show", show.equals("done") ? "done" : "open");
        return "console/care-needs";
    }

    @PostMapping("/needs/{id}/answer")
    String answer(
            Visitor visitor,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String answer,
            RedirectAttributes next) {
        Need need = needs.find(id).orElseThrow(NotHere::new);
        sight.member(visitor, need.memberId());
        return Sight.then(needs.answer(id, answer, visitor.username()), "已答复，会员会收到。", visitor.at("care"), next);
    }
}
