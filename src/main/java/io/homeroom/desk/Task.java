package io.homeroom.desk;

import io.homeroom.ground.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a person must do.
 *
 * @param memberId whom it is about
 * @param caseId the case it belongs to
 * @param what its kind: {@code letter}, {@code registration}, {@code receipt} … (REHEARSALS.md lists them)
 * @param to an office by the rulebook's word, {@code staff:ID}, or {@code member}
 * @param where a place that tells tasks of one kind apart, such as 网站
 * @param due last day for it
 * @param amount money it is about
 * @param clauses ids of the clauses that ask for it
 * @param text what to do, in Chinese
 * @param data further facts, for the higher room that made it
 * @param documents what was handed in when it was done
 */
public record Task(
        long id,
        @Nullable Long memberId,
        @Nullable Long caseId,
        String what,
        String to,
        @Nullable String where,
        @Nullable LocalDate due,
        State state,
        @Nullable Money amount,
        List<String> clauses,
        String text,
        Map<String, String> data,
        Instant openedAt,
        @Nullable Instant doneAt,
        @Nullable String doneBy,
        List<String> documents) {

    /** Where a task stands; overdue is an open one seen from a later day. */
    public enum State {
        OPEN,
        DONE,
        CANCELLED;

        /** Lower case, as stored and in REST. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Task {
        clauses = List.copyOf(clauses);
        data = Map.copyOf(data);
        documents = List.copyOf(documents);
    }

    /** Still open on a day later than its last. */
    public boolean overdue(LocalDate today) {
        return state == State.OPEN && due != null && due.isBefore(today);
    }

    /** {@code open}, {@code overdue}, {@code done} or {@code cancelled} as seen on a day. */
    public String stateOn(LocalDate today) {
        return overdue(today) ? "overdue" : state.code();
    }
}
