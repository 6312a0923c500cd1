package io.homeroom.notice;

/** The port through which letters leave; implemented where the channel is known. Never called inside a transaction. */
public interface Courier {

    /** Whether this courier carries letters of this channel. */
    boolean carries(Channel channel);

    /**
     * Whether two attempts at this letter with the same {@code dedupeId} reach the person once. Asked before each
     * attempt, because a process killed while sending cannot say afterwards.
     */
    boolean deduplicates(Letter letter);

    /** One attempt, without retries of its own. An exception counts as {@link Sent.Unknown}. */
    Sent send(Letter letter);
}
