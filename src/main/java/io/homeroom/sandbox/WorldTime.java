package io.homeroom.sandbox;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time in which people and groups live: the business clock's, so that a week that was skipped is a week for them too.
 * Windows for messages, limits by the minute or the month and the times on the screens go by it; tokens, signatures,
 * codes and what is kept from being sent twice go by the wire's clock.
 *
 * @param source tells it
 */
public record WorldTime(InstantSource source) {

    /** Now. */
    public Instant now() {
        return source.instant();
    }
}
