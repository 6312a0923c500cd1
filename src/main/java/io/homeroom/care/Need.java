package io.homeroom.care;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that a member needs or asks for.
 *
 * @param said the member's words
 * @param owner who sees to it: {@code staff:ID}, or an office
 * @param due last day for an answer; null where the working calendar is missing
 * @param escalatedOn when the secretariat was told that it is late
 * @param answer what came of it, in words for the member
 * @param rating what the member thinks of the answer
 */
public record Need(
        long id,
        long memberId,
        String said,
        String owner,
        LocalDate openedOn,
        @Nullable LocalDate due,
        @Nullable LocalDate escalatedOn,
        @Nullable LocalDate answeredOn,
        @Nullable String answer,
        @Nullable Rating rating,
        long taskId) {

    /** How content the member is. */
    public enum Rating {
        GOOD("满意"),
        FAIR("一般"),
        POOR("不满意");

        private final String word;

        Rating(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        /** The code of tables and forms. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public boolean isOpen() {
        return answeredOn == null;
    }

    /** Open on a day later than its last. */
    public boolean late(LocalDate today) {
        return isOpen() && due != null && due.isBefore(today);
    }
}
