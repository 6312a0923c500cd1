package io.homeroom.rulebook;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds of a member on a day.
 *
 * @param clauses on which it rests; empty only where the rulebook has none and the ledger alone knows
 * @param code the rule's id, or {@code owed overdue suspended sanction ended}
 * @param says in Chinese, with dates and amounts; no word in it ages
 * @param since first day on which it held
 * @param facts what was used: {@code bill year owedFen dueOn last lastActivity until} and their like
 * @param ends what would end it or change it, in Chinese
 * @param weight how grave, for ordering: the gravest first
 */
public record Finding(
        List<String> clauses,
        String code,
        String says,
        @Nullable LocalDate since,
        Map<String, String> facts,
        String ends,
        int weight) {

    /** The same, resting on these clauses. */
    public Finding resting(List<String> others) {
        return new Finding(List.copyOf(others), code, says, since, facts, ends, weight);
    }
}
