package io.homeroom.console;

import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyState;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The association's bodies as they stand today: seats in office, session or recess, term, change of council. */
@Controller
class BodyPages {

    private record Line(
            String name,
            String cites,
            Words.Chip state,
            String seats,
            String term,
            String changed,
            String recorded,
            boolean recess,
            String termEnds,
            String changedOn,
            String seen) {}

    private record View(String href, String today, List<Line> bodies) {}

    private final Bodies bodies;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    BodyPages(Bodies bodies, Lawbooks lawbooks, BusinessClock clock) {
        this.bodies = bodies;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/bodies")
    String list(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        List<Line> lines = new ArrayList<>();
        lawbooks.of(visitor.code()).bodies().forEach((name, rule) -> lines.add(line(name, rule)));
        model.addAttribute(
                "bodies", new View(visitor.at("bodies"), clock.today().toString(), lines));
        return "console/bodies";
    }

    private Line line(String name, Rulebook.Body rule) {
        BodyState state = bodies.state(name);
        Integer recorded = state.inOffice();
        LocalDate today = clock.today();
        LocalDate ends = state.termEnds();
        LocalDate changed = state.changed();
        String term = "没有登记";
        if (ends != null) {
            term = ends + (ends.isBefore(today) ? "，已届满" : "，" + Words.left(ends, today));
        }
        return new Line(
                name,
                Words.cites(rule.cite()),
                state.recess() ? new Words.Chip("闭会", "warn") : new Words.Chip("在会", "good"),
                bodies.seatsOf(name) + (recorded == null ? "（按名册计）" : "（登记的）"),
                term,
                changed == null ? "没有登记" : changed.toString(),
                recorded == null ? "" : recorded.toString(),
                state.recess(),
                ends == null ? "" : ends.toString(),
                changed == null ? "" : changed.toString(),
                seen(state));
    }

    /** How a body stood when the form was drawn; a form drawn before somebody else's change is told so. */
    private static String seen(BodyState state) {
        return word(state.inOffice()) + " " + state.recess() + " " + word(state.termEnds()) + " "
                + word(state.changed());
    }

    private static String word(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    @PostMapping("/console/{code}/bodies")
    String change(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        String back = "redirect:" + visitor.at("bodies");
        Integer seats = MeetingPages.number(form.get("seats"));
        LocalDate ends = MeetingPages.day(form.get("termEnds"));
        LocalDate changed = MeetingPages.day(form.get("changed"));
        String wrong = null;
        if (seats == null && form.orNull("seats") != null) {
            wrong = "在任席位要写成0以上的整数，例如 21；不填则按名册计数。";
        } else if (ends == null && form.orNull("termEnds") != null) {
            wrong = "日历上没有“" + shown(form.get("termEnds")) + "”这一天，任期届满日写成 2026-12-31。";
        } else if (changed == null && form.orNull("changed") != null) {
            wrong = "日历上没有“" + shown(form.get("changed")) + "”这一天，换届日写成 2026-12-31。";
        } else if (!List.of("true", "false").contains(form.get("recess"))) {
            wrong = "请选在会还是闭会。";
        }
        if (wrong != null) {
            next.addFlashAttribute("refused", new Frame.Refused(wrong, ""));
            return back;
        }
        String name = form.get("body");
        BodyState wanted = new BodyState(name, seats, form.get("recess").equals("true"), ends, changed);
        Outcome<BodyState> outcome = bodies.change(read(name, form.get("seen")), wanted, visitor.username());
        if (outcome instanceof Outcome.Refused<BodyState> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", name + "的情况已登记，在办的案件随之转给该等的机构。");
        }
        return back;
    }

    /** The state that {@link #seen} wrote; whatever else is sent is a state that no body is in. */
    private static BodyState read(String name, String seen) {
        String[] words = seen.split(" ", -1);
        if (words.length != 4) {
            return new BodyState("", null, false, null, null);
        }
        return new BodyState(
                name,
                MeetingPages.number(words[0]),
                words[1].equals("true"),
                MeetingPages.day(words[2]),
                MeetingPages.day(words[3]));
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(20, text.length()));
    }
}
