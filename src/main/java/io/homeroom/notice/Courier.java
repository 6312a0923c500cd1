package io.homeroom.notice;

import java.time.Duration;
import java.util.Optional;

/** The port through which letters leave; implemented where the channel is known. Never called inside a transaction. */
public interface Courier {

    /** Whether this courier carries letters of this channel. */
    boolean carries(Channel channel);

    /**
     * For how long after an attempt at this letter another one with the same {@code dedupeId} still reaches the person
     * once; zero if the channel does not deduplicate. Asked before each attempt, because a process killed while sending
     * cannot say afterwards.
     */
    Duration remembers(Letter letter);

    /** How fast letters may follow each other to one address of this channel; empty if it says nothing about that. */
    default Optional<Pace> pace(Channel channel) {
        return Optional.empty();
    }

    /** One attempt, without retries of its own. An exception counts as {@link Sent.Unknown}. */
    Sent send(Letter letter);
}
