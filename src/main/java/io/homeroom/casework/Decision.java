package io.homeroom.casework;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a body or office decided.
 *
 * @param by the body or office
 * @param remote decided by mail or online
 * @param reason why, where one is given
 * @param result {@code approve reject refer}, or null where votes were counted
 * @param present took part
 * @param inFavour voted for
 * @param against voted against
 * @param seats seats on the day on which a ballot was opened, or of the meeting; null for those of today, entered by hand
 * @param on the day of the meeting that decided; null for today
 * @param cast the votes were cast in a ballot that was lawful to its end: a recess that has begun or ended since undoes
 *     none of them
 * @param recordedBy who entered it
 */
public record Decision(
        String by,
        boolean remote,
        @Nullable String reason,
        @Nullable String result,
        @Nullable Integer present,
        @Nullable Integer inFavour,
        @Nullable Integer against,
        @Nullable Integer seats,
        @Nullable LocalDate on,
        boolean cast,
        String recordedBy) {

    /** What was decided or counted today. */
    public Decision(
            String by,
            boolean remote,
            @Nullable String reason,
            @Nullable String result,
            @Nullable Integer present,
            @Nullable Integer inFavour,
            @Nullable Integer against,
            String recordedBy) {
        this(by, remote, reason, result, present, inFavour, against, null, null, false, recordedBy);
    }

    /** A recorded result. */
    public static Decision of(String by, String result, @Nullable String reason, String recordedBy) {
        return new Decision(by, false, reason, result, null, null, null, recordedBy);
    }
}
