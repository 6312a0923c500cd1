package io.homeroom.console;

import io.homeroom.governance.Bodies;
import io.homeroom.governance.BodyPlan;
import io.homeroom.governance.BodyPlans;
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
import org.springframework.web.bind.annotation.PathVariable;
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
            String seen,
            List<Coming> coming) {}

    /** A change recorded ahead. */
    private record Coming(String cancel, String day, String says) {}

    private record View(String href, String ahead, String today, String tomorrow, List<Line> bodies) {}

    private final Bodies bodies;
    private final BodyPlans plans;
    private final Lawbooks lawbooks;
    private final BusinessClock clock;

    BodyPages(Bodies bodies, BodyPlans plans, Lawbooks lawbooks, BusinessClock clock) {
        this.bodies = bodies;
        this.plans = plans;
        this.lawbooks = lawbooks;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/bodies")
    String list(Visitor visitor, Model model) {
        MeetingPages.office(visitor);
        List<Line> lines = new ArrayList<>();
        lawbooks.of(visitor.code()).bodies().forEach((name, rule) -> lines.add(line(visitor, name, rule)));
        LocalDate today = clock.today();
        model.addAttribute(
                "bodies",
                new View(
                        visitor.at("bodies"),
                        visitor.at("bodies/coming"),
                        today.toString(),
                        today.plusDays(1).toString(),
                        lines));
        return "console/bodies";
    }

    private Line line(Visitor visitor, String name, Rulebook.Body rule) {
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
                seen(state),
                plans.coming(name).stream()
                        .map(plan -> new Coming(
                                visitor.at("bodies/coming/" + plan.id() + "/cancel"),
                                Words.dayOfWeek(plan.from(), today) + "起",
                                plan.says()))
                        .toList());
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
        } else if (unread(form) != null) {
            wrong = unread(form);
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
        return told(outcome, name + "的情况已登记，在办的案件随之转给该等的机构。", back, next);
    }

    /** What cannot be read as a day in either form; null if all can. */
    private static @Nullable String unread(Forms form) {
        Map<String, String> days = Map.of("termEnds", "任期届满日", "changed", "换届日", "from", "从哪天起");
        for (String field : List.of("from", "termEnds", "changed")) {
            if (MeetingPages.day(form.get(field)) == null && form.orNull(field) != null) {
                return "日历上没有“" + shown(form.get(field)) + "”这一天，" + days.get(field) + "写成 2026-12-31。";
            }
        }
        return null;
    }

    /** Records what is to change on a day to come; what is left open stays as it then is. */
    @PostMapping("/console/{code}/bodies/coming")
    String plan(Visitor visitor, @RequestParam Map<String, String> sent, RedirectAttributes next) {
        MeetingPages.office(visitor);
        Forms form = Forms.of(sent);
        String back = "redirect:" + visitor.at("bodies");
        LocalDate from = MeetingPages.day(form.get("from"));
        boolean byRoster = form.get("seats").equals("按名册");
        Integer seats = MeetingPages.number(form.get("seats"));
        String wrong = unread(form);
        if (wrong == null && from == null) {
            wrong = "请填从哪天起。";
        } else if (wrong == null && seats == null && !byRoster && form.orNull("seats") != null) {
            wrong = "在任席位要写成0以上的整数，例如 21；写“按名册”则从那天起按名册计数，空着不变。";
        }
        if (wrong != null || from == null) {
            next.addFlashAttribute("refused", new Frame.Refused(String.valueOf(wrong), ""));
            return back;
        }
        Boolean recess =
                List.of("true", "false").contains(form.get("recess")) ? Boolean.valueOf(form.get("recess")) : null;
        BodyPlan wanted = new BodyPlan(
                0,
                form.get("body"),
                from,
                recess,
                seats,
                byRoster,
                MeetingPages.day(form.get("termEnds")),
                MeetingPages.day(form.get("changed")));
        return told(plans.plan(wanted, visitor.username()), "已预先登记，到" + from + "生效。", back, next);
    }

    @PostMapping("/console/{code}/bodies/coming/{id}/cancel")
    String cancel(Visitor visitor, @PathVariable long id, RedirectAttributes next) {
        MeetingPages.office(visitor);
        return told(plans.cancel(id, visitor.username()), "已撤销，到那天不变。", "redirect:" + visitor.at("bodies"), next);
    }

    private static String told(Outcome<?> outcome, String done, String back, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", Refusals.of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
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
