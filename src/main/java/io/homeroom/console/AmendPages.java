package io.homeroom.console;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.ground.Outcome;
import io.homeroom.schedule.BusinessClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The whole rulebook to be amended: its text, what is wrong in it, whom it would concern, and from when it holds. */
@Controller
class AmendPages {

    private record View(
            String here,
            String name,
            String begins,
            boolean inForce,
            String base,
            String text,
            int line,
            String today,
            String from,
            String why,
            Amending.@Nullable Looked looked,
            @Nullable String trouble) {}

    private final Editions editions;
    private final Amending amending;
    private final BusinessClock clock;

    AmendPages(Editions editions, Amending amending, BusinessClock clock) {
        this.editions = editions;
        this.amending = amending;
        this.clock = clock;
    }

    @GetMapping("/console/{code}/rules/amend")
    String begin(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String base,
            @RequestParam(defaultValue = "0") int line,
            Model model) {
        may(visitor);
        Edition edition = base == null ? editions.newest() : editions.find(base).orElseThrow(NotHere::new);
        String text = editions.text(edition.version()).orElse("");
        return show(visitor, edition, edition.version(), text, line, "", "", null, null, model);
    }

    /** With {@code act} {@code enact} puts it in force; else only looks. A file that is sent along is the text. */
    @PostMapping("/console/{code}/rules/amend")
    String amend(
            Visitor visitor,
            @RequestParam(defaultValue = "") String base,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String why,
            @RequestParam(defaultValue = "check") String act,
            Model model,
            RedirectAttributes next)
            throws IOException {
        may(visitor);
        Edition edition = editions.find(base).orElseGet(editions::newest);
        String whole = text;
        if (file != null && !file.isEmpty()) {
            String sent = file.getSize() > 4L * Editions.LONGEST ? null : decoded(file.getBytes());
            if (sent == null) {
                return show(visitor, edition, base, text, 0, from, why, null, "文件不是 UTF-8 编码的文本，或者太大。", model);
            }
            whole = sent;
        }
        LocalDate day = MeetingPages.day(from);
        Editions.Draft draft = new Editions.Draft(base, whole, day, null);
        if (act.equals("enact")) {
            Outcome<Edition> outcome = amending.enact(visitor, draft, why);
            if (outcome instanceof Outcome.Done<Edition> done) {
                next.addFlashAttribute("done", Amending.done(done.value()));
                return "redirect:" + visitor.at("rules/editions");
            }
            String refused = ((Outcome.Refused<Edition>) outcome).refusal().reason() + "。";
            Amending.Looked looked = amending.look(visitor, draft, false);
            return show(visitor, edition, base, whole, 0, from, why, looked, refused, model);
        }
        Amending.Looked looked = amending.look(visitor, draft, act.equals("impact"));
        return show(visitor, edition, base, whole, 0, from, why, looked, null, model);
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private String show(
            Visitor visitor,
            Edition edition,
            String base,
            String text,
            int line,
            String from,
            String why,
            Amending.@Nullable Looked looked,
            @Nullable String trouble,
            Model model) {
        model.addAttribute(
                "view",
                new View(
                        visitor.at("rules/amend"),
                        edition.name(),
                        edition.from().toString(),
                        edition.state() == Edition.State.IN_FORCE,
                        base,
                        text,
                        line,
                        clock.today().toString(),
                        from,
                        why,
                        looked,
                        trouble));
        return "console/amend";
    }

    private static void may(Visitor visitor) {
        if (!visitor.mayEdit()) {
            throw new NotHere();
        }
    }
}
