package io.homeroom.care;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * News that a member handed in.
 *
 * @param reason why it was returned; empty otherwise
 */
public record Story(
        long id,
        long memberId,
        String title,
        String body,
        State state,
        String reason,
        LocalDate submittedOn,
        @Nullable Long taskId) {

    /** Where it stands. */
    public enum State {
        WAITING("待审"),
        ACCEPTED("已采用"),
        RETURNED("退回");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }
    }
}
