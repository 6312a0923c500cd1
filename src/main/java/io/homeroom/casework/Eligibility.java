package io.homeroom.casework;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an upgrade could be filed today.
 *
 * @param unmet clauses of all conditions that fail
 * @param from the first day on which tenure allows it, past or not: the filing or, read so, the decision; null where no
 *     tenure is asked for
 * @param lines the self-check list
 */
public record Eligibility(
        String to,
        boolean result,
        List<String> unmet,
        @Nullable LocalDate from,
        List<Line> lines) {

    /**
     * One condition.
     *
     * @param met null where people judge
     * @param from the first day on which it will be met by itself, where it is not and that day is known
     */
    public record Line(
            List<String> cite,
            String says,
            @Nullable Boolean met,
            @Nullable LocalDate from) {}
}
