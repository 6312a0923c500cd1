package io.homeroom.console;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.rulebook.LineChanges;
import io.homeroom.rulebook.Rulebook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Every edition that the rulebook has had: from when, who made it and why, what it changed, and its text. */
@Controller
class EditionPages {

    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

    /** An edition in a list, or on its own page. */
    record Row(
            String name,
            String href,
            String from,
            String state,
            String tone,
            String why,
            String who,
            @Nullable Point reading,
            @Nullable String takenBack) {}

    /** The open point that an edition is about. */
    record Point(String title, String href) {}

    private record Line(String sign, String number, String text) {}

    private record View(
            Row edition,
            List<Line> changes,
            String download,
            String base,
            @Nullable String back) {}

    private final Editions editions;
    private final Lawbooks lawbooks;

    EditionPages(Editions editions, Lawbooks lawbooks) {
        this.editions = editions;
        this.lawbooks = lawbooks;
    }

    static Row row(Visitor visitor, Rulebook book, Edition edition) {
        String key = edition.reading();
        Rulebook.Reading reading = key == null ? null : book.readings().get(key);
        return new Row(
                edition.name(),
                visitor.at("rules/editions/" + edition.version()),
                edition.from().toString(),
                edition.state().word(),
                switch (edition.state()) {
                    case IN_FORCE -> "good";
                    case TO_COME -> "info";
                    default -> "plain";
                },
                edition.why(),
                edition.setOn() == null ? "" : edition.setBy() + " " + edition.setOn(),
                reading == null ? null : new Point(reading.title(), visitor.at("rules/readings/" + key)),
                edition.takenBack());
    }

    private Edition edition(Visitor visitor, String version) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        return editions.find(version).orElseThrow(NotHere::new);
    }

    @GetMapping("/console/{code}/rules/editions")
    String all(Visitor visitor, Model model) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        model.addAttribute(
                "editions",
                editions.all().stream()
                        .map(one -> row(visitor, lawbooks.of(visitor.code()), one))
                        .toList());
        model.addAttribute("amend", visitor.at("rules/amend"));
        return "console/editions";
    }

    @GetMapping("/console/{code}/rules/editions/{version}")
    String show(Visitor visitor, @PathVariable String version, Model model) {
        Edition edition = edition(visitor, version);
        String here = visitor.at("rules/editions/" + version);
        model.addAttribute(
                "view",
                new View(
                        row(visitor, lawbooks.of(visitor.code()), edition),
                        editions.changes(version).stream()
                                .map(EditionPages::line)
                                .toList(),
                        here + "/rulebook.yaml",
                        visitor.at("rules/amend?base=" + version),
                        edition.state() == Edition.State.TO_COME && edition.number() > 0 ? here + "/back" : null));
        return "console/edition";
    }

    private static Line line(LineChanges.Change change) {
        return new Line(change.added() ? "+" : "−", String.valueOf(change.line()), change.text());
    }

    @GetMapping("/console/{code}/rules/editions/{version}/rulebook.yaml")
    ResponseEntity<byte[]> text(Visitor visitor, @PathVariable String version) {
        Edition edition = edition(visitor, version);
        String text = editions.text(version).filter(one -> !one.isEmpty()).orElseThrow(NotHere::new);
        return Files.of(text.getBytes(StandardCharsets.UTF_8), YAML, visitor.code() + "-" + edition.from() + ".yaml");
    }

    @PostMapping("/console/{code}/rules/editions/{version}/back")
    String takeBack(
            Visitor visitor,
            @PathVariable String version,
            @RequestParam(defaultValue = "") String why,
            RedirectAttributes next) {
        edition(visitor, version);
        Refusals.told(editions.takeBack(version, why, visitor.username()), "已撤回，到那天不再施行；听说过这一版的会再收到一次消息。", next);
        return "redirect:" + visitor.at("rules/editions/" + version);
    }
}
