package io.homeroom.console;

import io.homeroom.casework.Readings;
import io.homeroom.ground.Outcome;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.ReadingValues;
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

/** An open point of the bylaws: how it is read, by which clause, what another reading would change, and changing it. */
@Controller
class ReadingPages {

    private record Choice(String value, String word) {}

    /** A piece of a text; where it is the name of another open point, with the way to that. */
    private record Piece(String text, @Nullable String href) {}

    private record Past(String value, String from, String why, String who) {}

    private record View(
            String key,
            String href,
            List<Piece> says,
            String cites,
            @Nullable String value,
            List<Piece> otherwise,
            boolean example,
            List<Choice> choices,
            String hint,
            String today,
            String wanted,
            String from,
            String why,
            List<Past> history,
            @Nullable String line,
            @Nullable Weighed weighed) {}

    private final Readings readings;
    private final ReadingPlaces places;
    private final Amending amending;
    private final Lawbook law;
    private final BusinessClock clock;

    ReadingPages(Readings readings, ReadingPlaces places, Amending amending, Lawbook law, BusinessClock clock) {
        this.readings = readings;
        this.places = places;
        this.amending = amending;
        this.law = law;
        this.clock = clock;
    }

    /** Readings are the office's to choose. */
    private Rulebook.Reading reading(Visitor visitor, Rulebook book, String key) {
        Rulebook.Reading reading = book.readings().get(key);
        if (!visitor.mayEdit() || reading == null) {
            throw new NotHere();
        }
        return reading;
    }

    @GetMapping("/console/{code}/rules/readings/{key}")
    String show(Visitor visitor, @PathVariable String key, Model model) {
        model.addAttribute("places", places.form(visitor, key));
        return show(visitor, key, "", clock.today().toString(), "", null, null, model);
    }

    private String show(
            Visitor visitor,
            String key,
            String wanted,
            String from,
            String why,
            @Nullable String line,
            @Nullable Weighed weighed,
            Model model) {
        Rulebook book = law.of(clock.today());
        Rulebook.Reading reading = reading(visitor, book, key);
        String value = reading.value() == null ? "" : reading.value();
        model.addAttribute(
                "reading",
                new View(
                        key,
                        visitor.at("rules/readings/" + key),
                        pieces(visitor, book, reading.says()),
                        Words.cites(reading.cite()),
                        value.isEmpty() ? null : ReadingValues.word(key, value),
                        pieces(visitor, book, reading.otherwise()),
                        reading.example(),
                        ReadingValues.choices(key).stream()
                                .map(one -> new Choice(one, ReadingValues.word(key, one)))
                                .toList(),
                        ReadingValues.hint(key),
                        clock.today().toString(),
                        ReadingValues.word(key, wanted.isEmpty() ? value : wanted),
                        from,
                        why,
                        readings.history(key).stream()
                                .map(choice -> new Past(
                                        choice.value() == null ? "规则书原值" : ReadingValues.word(key, choice.value()),
                                        choice.from().toString(),
                                        choice.why(),
                                        choice.setBy() + " " + choice.setOn()))
                                .toList(),
                        line,
                        weighed));
        return "console/reading";
    }

    private static List<Piece> pieces(Visitor visitor, Rulebook book, @Nullable String text) {
        List<Piece> pieces = new ArrayList<>();
        if (text != null) {
            book.worded(
                    text,
                    (piece, key) ->
                            pieces.add(new Piece(piece, key == null ? null : visitor.at("rules/readings/" + key))));
        }
        return pieces;
    }

    /** The lines that decide, changed: looked at with those whom it would concern, or put in force. */
    @PostMapping("/console/{code}/rules/readings/{key}/places")
    String amend(
            Visitor visitor,
            @PathVariable String key,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next) {
        reading(visitor, law.of(clock.today()), key);
        ReadingPlaces.Taken taken = places.take(visitor, key, sent);
        if (!taken.done().isEmpty()) {
            next.addFlashAttribute("done", taken.done());
            return "redirect:" + visitor.at("rules/readings/" + key);
        }
        model.addAttribute("places", taken.form());
        return show(visitor, key, "", "", "", null, null, model);
    }

    /** What the other reading would change, and for whom; nothing is written. */
    @PostMapping("/console/{code}/rules/readings/{key}/impact")
    String weigh(Visitor visitor, @PathVariable String key, @RequestParam Map<String, String> sent, Model model) {
        Rulebook.Reading now = reading(visitor, law.of(clock.today()), key);
        Forms form = Forms.of(sent);
        String wanted = ReadingValues.value(key, form.get("value"));
        LocalDate from = MeetingPages.day(form.get("from"));
        String before = now.value();
        String fault = before == null ? "这一处由规则书的几行决定，请在下面改那几行" : ReadingValues.fault(key, wanted);
        if (fault == null && (from == null || from.isBefore(clock.today()))) {
            fault = "请写从哪天起，最早从今天起";
        }
        String line = fault + "。";
        Weighed weighed = null;
        if (fault == null && before != null && from != null) {
            line = "由“" + ReadingValues.word(key, before) + "”改为“" + ReadingValues.word(key, wanted) + "”；在办的事项按新读法继续。";
            weighed = amending.weigh(visitor, new Lawbook.Chosen(key, wanted, from));
        }
        return show(visitor, key, wanted, form.get("from"), form.get("why"), line, weighed, model);
    }

    @PostMapping("/console/{code}/rules/readings/{key}")
    String choose(
            Visitor visitor,
            @PathVariable String key,
            @RequestParam Map<String, String> sent,
            RedirectAttributes next) {
        reading(visitor, law.of(clock.today()), key);
        Forms form = Forms.of(sent);
        String back = "redirect:" + visitor.at("rules/readings/" + key);
        LocalDate from = MeetingPages.day(form.get("from"));
        if (from == null) {
            next.addFlashAttribute("refused", new Frame.Refused("请写从哪天起，如 2026-04-01。", ""));
            return back;
        }
        boolean written = form.get("written").equals("true");
        Outcome<Readings.Choice> chosen =
                readings.choose(key, written ? null : form.get("value"), from, form.get("why"), visitor.username());
        Refusals.told(chosen, "已记下，" + from + "起这样读；那天夜里每家会员都会重新看一遍。", next);
        return back;
    }
}
