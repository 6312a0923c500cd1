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
     * @param asked false if the channel was not even asked: nobody listened, or it is left alone for a while
     */
    record Retry(@Nullable Duration after, String why, boolean asked) implements Sent {

        /** The channel itself said so. */
        public Retry(@Nullable Duration after, String why) {
            this(after, why, true);
        }

        /** The channel was not there to be asked. */
        public static Retry away(@Nullable Duration after, String why) {
            return new Retry(after, why, false);
        }
    }

    /** Certainly not taken: the channel says that it has had all that it takes of such letters today. */
    record Spent(String why) implements Sent {}

    /** Certainly not taken, and never will be: not a follower, no window, no template. */
    record Failed(String why) implements Sent {}
}
