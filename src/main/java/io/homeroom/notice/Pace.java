package io.homeroom.notice;

import java.time.Duration;

/**
 * How fast a channel takes letters for one address: what comes faster it refuses, or drops without a word.
 *
 * @param most letters, at least one
 * @param calm so many of them may be such as are not urgent: the rest is kept for what is, as answers to a question
 * @param within this time, whenever it begins
 */
public record Pace(int most, int calm, Duration within) {

    public Pace {
        if (calm < 1 || most < calm) {
            throw new IllegalArgumentException("A channel that takes nothing carries nothing");
        }
    }
}
