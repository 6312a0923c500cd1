package io.homeroom.rulebook;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What holds of a member on a day, and what follows.
 *
 * @param findings the gravest first
 * @param ahead what comes by itself if nothing changes, soonest first
 * @param consequences what must be done now, in order
 * @param held severe consequences that are due but wait because the earlier notice did not reach the member
 * @param next the next day on which this ruling could change by itself: until the day before, the same facts give the
 *     same findings and nothing new follows
 * @param uncharted years whose calendar was wanted and is missing: last days in them are moved past weekends only
 */
public record Ruling(
        List<Finding> findings,
        List<Step> ahead,
        List<Consequence> consequences,
        List<Consequence> held,
        Optional<LocalDate> next,
        List<Integer> uncharted) {

    /**
     * Something that will follow.
     *
     * @param day the first day on which it does
     * @param says in Chinese
     */
    public record Step(LocalDate day, String rule, List<String> clauses, String says) {}
}
