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

    /** How many such letters the channel takes from one sender a day; empty if it does not count them. */
    default Optional<Quota> quota(Letter letter) {
        return Optional.empty();
    }

    /**
     * Whether the channel knows a repetition by its words: two letters that say the same to one address are then one for it,
     * for as long as it {@link #remembers}, unless {@link Letter#nth} tells them apart.
     */
    default boolean knowsByWords(Letter letter) {
        return false;
    }

    /** One attempt, without retries of its own. An exception counts as {@link Sent.Unknown}. */
    Sent send(Letter letter);
}
