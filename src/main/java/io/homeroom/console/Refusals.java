package io.homeroom.console;

import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Refusals as they stand above a page. */
final class Refusals {

    private Refusals() {}

    static Frame.Refused of(Refusal refusal) {
        String from = refusal.from() == null ? "" : "最早 " + refusal.from() + " 可以再办。";
        return new Frame.Refused(refusal.reason() + from, Words.cites(refusal.clauses()));
    }

    /** Says above the next page what was done, or why it was not. */
    static void told(Outcome<?> outcome, String done, RedirectAttributes next) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            next.addFlashAttribute("refused", of(refused.refusal()));
        } else {
            next.addFlashAttribute("done", done);
        }
    }
}
