package io.homeroom.console;

import io.homeroom.rulebook.Rulebook;
import java.nio.charset.StandardCharsets;
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
            @Nullable String readingHref,
            List<RuleText.Part> parts) {}

    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

    private final Lawbooks lawbooks;

    RulesPage(Lawbooks lawbooks) {
        this.lawbooks = lawbooks;
    }

    @GetMapping("/console/{code}/rules")
    String rules(Visitor visitor, Model model) {
        Rulebook book = lawbooks.of(visitor.code());
        String note = book.edition().note();
        model.addAttribute(
                "rules",
                new View(
                        book.title(),
                        book.name() + "。自 " + book.edition().from() + " 起施行" + (note == null ? "" : "（" + note + "）")
                                + "。以下每一条都由系统照着执行，左边是它的依据。",
                        visitor.mayEdit() ? visitor.at("rules/impact") : null,
                        visitor.mayEdit() && lawbooks.text(visitor.code()).isPresent()
                                ? visitor.at("rules/rulebook.yaml")
                                : null,
                        visitor.mayEdit() ? visitor.at("rules/readings/") : null,
                        RuleText.of(book)));
        return "console/rules";
    }

    /** The text as the server read it, for whoever writes the next edition. */
    @GetMapping("/console/{code}/rules/rulebook.yaml")
    ResponseEntity<byte[]> text(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
        String text = lawbooks.text(visitor.code()).orElseThrow(NotHere::new);
        return Files.of(text.getBytes(StandardCharsets.UTF_8), YAML, visitor.code() + ".yaml");
    }
}
