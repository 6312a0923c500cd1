package io.homeroom.desk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One act, as it was noted; never changed.
 *
 * @param by username, {@code member:ID}, or {@code system}
 * @param act short code of what was done
 */
public record AuditLine(
        long id,
        Instant at,
        String by,
        String act,
        @Nullable Long memberId,
        String detail,
        List<String> clauses) {

    public AuditLine {
        clauses = List.copyOf(clauses);
    }
}
