package io.homeroom.console;

import io.homeroom.ground.Refusal;

/** Refusals as they stand above a page. */
final class Refusals {

    private Refusals() {}

    static Frame.Refused of(Refusal refusal) {
        String from = refusal.from() == null ? "" : "最早 " + refusal.from() + " 可以再办。";
        return new Frame.Refused(refusal.reason() + from, Words.cites(refusal.clauses()));
    }
}
