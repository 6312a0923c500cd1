package io.homeroom.member;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a member's ledger.
 *
 * @param kind what happened
 * @param on the business day on which it takes effect; may lie before or after the day of recording
 * @param clause id of the clause under which it happened, empty where none is concerned
 * @param by who brought it about: a staff user name, a body, {@code system}
 * @param caseId the case that decided it, if any; {@link Roster#annul} takes back all entries of a case
 * @param data see {@link EntryKind}. Never phones or identity numbers: they are sealed elsewhere
 */
public record Entry(
        EntryKind kind,
        LocalDate on,
        String clause,
        String by,
        @Nullable Long caseId,
        Map<String, String> data) {

    public Entry {
        data = Map.copyOf(data);
    }

    /** An entry without data. */
    public static Entry of(EntryKind kind, LocalDate on, String clause, String by) {
        return new Entry(kind, on, clause, by, null, Map.of());
    }

    /** The same, decided by a case. */
    public Entry by(@Nullable Long decidingCase) {
        return new Entry(kind, on, clause, by, decidingCase, data);
    }

    /** The same with one more field. */
    public Entry with(String key, String value) {
        Map<String, String> more = new java.util.HashMap<>(data);
        more.put(key, value);
        return new Entry(kind, on, clause, by, caseId, more);
    }
}
