package io.homeroom.notice;

import java.time.Duration;

/**
 * How fast a channel takes letters for one address: what comes faster it refuses, or drops without a word.
 *
 * @param most letters, at least one
 * @param within this time, whenever it begins
 */
public record Pace(int most, Duration within) {

    public Pace {
        if (most < 1) {
            throw new IllegalArgumentException("A channel that takes nothing carries nothing");
        }
    }
}
