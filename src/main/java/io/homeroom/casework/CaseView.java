package io.homeroom.casework;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A case as anybody may see it.
 *
 * @param type its kind, a code of the rulebook's {@code cases}
 * @param memberId whom it is about; null for a resolution
 * @param subject the member's name, or the matter of a resolution
 * @param outcome {@code open approved rejected lapsed}
 * @param at whose act it waits for: a body, an office, or {@code member}; null when it is over
 * @param due last day for that act, null where there is none
 * @param from first day on which it may go on, where it must wait
 * @param missing documents still to be filed
 * @param clauses clauses it rests on: grounds and the way it takes
 * @param data what was asked for
 * @param steps what happened, oldest first
 */
public record CaseView(
        long id,
        String type,
        @Nullable Long memberId,
        String subject,
        String outcome,
        @Nullable String at,
        @Nullable LocalDate due,
        @Nullable LocalDate from,
        List<String> missing,
        LocalDate openedOn,
        @Nullable LocalDate closedOn,
        List<String> clauses,
        Map<String, String> data,
        List<Step> steps) {

    /** One thing that happened in a case. */
    public record Step(LocalDate on, String by, String act, List<String> clauses, String says) {}

    /** Changes whenever something happens in the case: a page that shows an older one is out of date. */
    public String mark() {
        return steps.size() + "-" + outcome + "-" + Integer.toHexString(Objects.hash(at, due, missing, closedOn));
    }

    public boolean isOpen() {
        return outcome.equals("open");
    }
}
