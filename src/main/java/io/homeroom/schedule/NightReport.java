package io.homeroom.schedule;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@link Nights} did for one association.
 *
 * @param through the last day that is done now; null if none ever was
 * @param runs the duties run in this call, in order
 * @param elsewhere true if another node is at it, or is to be, and nothing was done here
 */
public record NightReport(String association, @Nullable LocalDate through, List<DutyRun> runs, boolean elsewhere) {

    public NightReport {
        runs = List.copyOf(runs);
    }

    /** Whether a duty failed; the day it failed on is not done, nor is any later one. */
    public boolean failed() {
        return runs.stream().anyMatch(run -> run.failure() != null);
    }
}
