package io.homeroom.notice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface Sent {

    /** It is with the person, as far as the channel can know; nothing more will be heard. */
    record Delivered() implements Sent {}

    /** The channel took it and will report; {@code id} is how its report names it. */
    record Accepted(String id) implements Sent {}

    /** The request may or may not have arrived: time-out, cut line, 5xx. */
    record Unknown(String why) implements Sent {}

    /**
     * Certainly not taken, but may be later: frequency limit, system busy before acceptance.
     *
     * @param after how long the channel asks to be left alone, by this letter and all others; null if it is about this
     *     letter, and the outbox chooses when to try it again
     */
    record Retry(@Nullable Duration after, String why) implements Sent {}

    /** Certainly not taken, and never will be: not a follower, no window, no template. */
    record Failed(String why) implements Sent {}
}
