package io.homeroom.cli;

import io.homeroom.rulebook.Citations;
import io.homeroom.rulebook.Rulebook;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rehearsals are about, and what they must be about: every clause with an effect that the rulebook lists, cited by it
 * or not; without such a list, the clauses that its rules cite. A clause is rehearsed where a step of a run that passed
 * found something resting on it; a heading is only a claim.
 */
final class Coverage {

    private final Set<String> claimed = new TreeSet<>();
    private final Set<String> asserted = new TreeSet<>();

    /** Takes a run in; one that failed shows nothing. */
    void add(Rehearser.Result result) {
        claimed.addAll(result.clauses());
        if (result.passed()) {
            asserted.addAll(result.asserted());
        }
    }

    /** Clauses that no run is about. */
    Set<String> missing(Rulebook book) {
        Set<String> rest = of(book);
        rest.removeAll(claimed);
        rest.removeAll(asserted);
        return rest;
    }

    /** Clauses that headings name, while no step saw anything rest on them. */
    Set<String> inHeadersOnly(Rulebook book) {
        Set<String> rest = of(book);
        rest.retainAll(claimed);
        rest.removeAll(asserted);
        return rest;
    }

    static Set<String> of(Rulebook book) {
        return book.clauses().isEmpty() ? Citations.of(book) : new TreeSet<>(book.clauses());
    }
}
