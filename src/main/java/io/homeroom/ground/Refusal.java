package io.homeroom.ground;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something asked for is not done: a value, not an exception.
 *
 * @param clauses ids of the clauses that forbid it; empty where the reason is not a bylaw
 * @param reason what is wrong and what to do, in the asker's words
 * @param from the first day on which the same request may be made, where one is known
 */
public record Refusal(
        List<String> clauses, String reason, @Nullable LocalDate from) {

    public Refusal {
        clauses = List.copyOf(clauses);
    }

    public Refusal(String reason, String... clauses) {
        this(List.of(clauses), reason, null);
    }
}
