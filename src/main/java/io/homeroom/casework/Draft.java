package io.homeroom.casework;

import io.homeroom.member.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application that somebody is writing.
 *
 * @param id 0 while nothing has been written
 * @param fields what was written, by the keys of the {@link Questionnaire}
 * @param papers files handed in so far
 * @param keptUntil last day on which it is kept if nothing more is written
 */
public record Draft(
        long id,
        Map<String, String> fields,
        List<Enclosure> papers,
        @Nullable LocalDate keptUntil) {

    /** What stands against an answer, or is missing, in the applicant's words. */
    public record Fault(
            String field,
            String says,
            List<String> clauses,
            @Nullable LocalDate from) {}

    public Draft {
        fields = Map.copyOf(fields);
        papers = List.copyOf(papers);
    }

    public String get(String field) {
        return fields.getOrDefault(field, "");
    }

    @Nullable
    Kind kind() {
        String code = get(Questionnaire.KIND);
        return code.isEmpty() ? null : Kind.of(code);
    }

    /** Fit for logs: nothing of what was written. */
    @Override
    public String toString() {
        return "Draft[id=" + id + ", fields=" + fields.keySet() + ", papers=" + papers.size() + "]";
    }
}
