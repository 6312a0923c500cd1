package io.homeroom.schedule;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That a duty was run for a day.
 *
 * @param attempts more than one if it was cut off, failed, or asked for again
 * @param finishedAt null while it runs or after it was cut off
 * @param failure what it died of, if it did
 */
public record DutyRun(
        LocalDate day,
        String duty,
        int attempts,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String failure) {}
