package io.homeroom.console;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The rules as the system applies them, with the clause of each. */
@Controller
class RulesPage {

    private record View(
            String title,
            String line,
            @Nullable String impactHref,
            @Nullable String textHref,
            @Nullable String amendHref,
            @Nullable String editionsHref,
            @Nullable String coming,
            @Nullable String readingHref,
            List<RuleText.Part> parts) {}

    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

    private final Lawbooks lawbooks;
    private final Editions editions;
    private final BusinessClock clock;

    RulesPage(Lawbooks lawbooks, Editions editions, BusinessClock clock) {
        this.lawbooks = lawbooks;
        this.editions = editions;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/rules")
    String rules(Visitor visitor, Model model) {
        Rulebook book = lawbooks.of(visitor.code());
        String note = book.edition().note();
        boolean amendable = visitor.mayEdit() && lawbooks.text(visitor.code()).isPresent();
        model.addAttribute(
                "rules",
                new View(
                        book.title(),
                        book.name() + "。自 " + book.edition().from() + " 起施行" + (note == null ? "" : "（" + note + "）")
                                + "。以下每一条都由系统照着执行，左边是它的依据。",
                        visitor.mayEdit() ? visitor.at("rules/impact") : null,
                        amendable ? visitor.at("rules/rulebook.yaml") : null,
                        amendable ? visitor.at("rules/amend") : null,
                        visitor.mayEdit() ? visitor.at("rules/editions") : null,
                        visitor.mayEdit() ? coming() : null,
                        visitor.mayEdit() ? visitor.at("rules/readings/") : null,
                        RuleText.of(book)));
        return "console/rules";
    }

    /** The next edition that was settled and has not begun; null if there is none. */
    private @Nullable String coming() {
        return editions.all().stream()
                .filter(one -> one.state() == Edition.State.TO_COME)
                .min(Comparator.comparing(Edition::from))
                .map(one -> one.from() + "起另有" + one.name() + (one.why().isEmpty() ? "" : "：" + one.why()))
                .orElse(null);
    }

    /** The text of the edition in force, for whoever writes the next one. */
    @GetMapping("/console/{code}/rules/rulebook.yaml")
    ResponseEntity<byte[]> text(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        String text = editions.text(editions.on(clock.today()).version())
                .filter(one -> !one.isEmpty())
                .orElseThrow(NotHere::new);
        return Files.of(text.getBytes(StandardCharsets.UTF_8), YAML, visitor.code() + ".yaml");
    }
}
