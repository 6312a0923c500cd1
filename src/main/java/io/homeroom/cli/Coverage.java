package io.homeroom.cli;

import io.homeroom.rulebook.Citations;
import io.homeroom.rulebook.Rulebook;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rehearsals must be about: every clause with an effect that the rulebook lists, cited by it or not; without such a
 * list, the clauses that its rules cite.
 */
final class Coverage {

    private Coverage() {}

    static Set<String> of(Rulebook book) {
        return book.clauses().isEmpty() ? Citations.of(book) : new TreeSet<>(book.clauses());
    }
}
