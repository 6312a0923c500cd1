package io.homeroom.liaison;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * That a member said on which day it would pay (承诺付款日).
 *
 * @param staffId its class teacher on that day
 * @param promisedOn the day on which it was said
 * @param payOn the day on which it will pay
 * @param note what was said
 * @param settledOn the day on which it was kept, broken or replaced
 */
public record Promise(
        long id,
        long memberId,
        @Nullable Long staffId,
        LocalDate promisedOn,
        LocalDate payOn,
        String note,
        String by,
        State state,
        @Nullable LocalDate settledOn) {

    /** What became of it. */
    public enum State {
        OPEN("等付款"),
        KEPT("已兑现"),
        /** The day passed and something was still owed. */
        BROKEN("未兑现"),
        /** A later word took its place. */
        REPLACED("已改期");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        /** Lower case, as stored and in REST. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
