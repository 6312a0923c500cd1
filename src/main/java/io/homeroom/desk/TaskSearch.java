package io.homeroom.desk;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks; what is null does not narrow. Ordered by age, oldest first.
 *
 * @param state {@code unfinished}, {@code open} (not overdue), {@code overdue}, {@code done}, {@code cancelled}
 * @param dueThrough due on or before this day
 * @param after id of the last task of the page before, 0 for the first page
 */
public record TaskSearch(
        @Nullable Long memberId,
        @Nullable Long caseId,
        @Nullable String what,
        @Nullable String to,
        @Nullable String state,
        @Nullable LocalDate dueThrough,
        long after,
        int limit) {

    /** All unfinished tasks. */
    public static TaskSearch unfinished() {
        return new TaskSearch(null, null, null, null, "unfinished", null, 0, 100);
    }

    /** All tasks, whatever became of them. */
    public static TaskSearch all() {
        return new TaskSearch(null, null, null, null, null, null, 0, 100);
    }

    public TaskSearch member(@Nullable Long member) {
        return new TaskSearch(member, caseId, what, to, state, dueThrough, after, limit);
    }

    public TaskSearch matter(@Nullable Long matter) {
        return new TaskSearch(memberId, matter, what, to, state, dueThrough, after, limit);
    }

    public TaskSearch what(@Nullable String kind) {
        return new TaskSearch(memberId, caseId, kind, to, state, dueThrough, after, limit);
    }

    public TaskSearch to(@Nullable String addressee) {
        return new TaskSearch(memberId, caseId, what, addressee, state, dueThrough, after, limit);
    }

    public TaskSearch state(@Nullable String wanted) {
        return new TaskSearch(memberId, caseId, what, to, wanted, dueThrough, after, limit);
    }

    public TaskSearch dueThrough(@Nullable LocalDate day) {
        return new TaskSearch(memberId, caseId, what, to, state, day, after, limit);
    }

    public TaskSearch page(long afterId, int size) {
        return new TaskSearch(memberId, caseId, what, to, state, dueThrough, afterId, size);
    }
}
