package io.homeroom.casework;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An edition of the rulebook: the file that the server was given, or an amendment that the office put in force.
 *
 * @param version what tells it from all others, also from the file as it was before: {@code file-1a2b3c4d}, {@code 3}
 * @param number of the amendment, from 1; 0 for the file
 * @param why why it was made; empty for the file
 * @param setOn when; null for the file
 * @param setBy the account; empty for the file
 * @param reading the open point that it is about; null for a change of the whole text
 * @param state what became of it
 * @param takenBack who took it back, when and why, in words; null if nobody did
 */
public record Edition(
        String version,
        int number,
        LocalDate from,
        String why,
        @Nullable LocalDate setOn,
        String setBy,
        @Nullable String reading,
        State state,
        @Nullable String takenBack) {

    /** What became of an edition. */
    public enum State {
        IN_FORCE("施行中"),
        TO_COME("将施行"),
        PAST("已由后一版接替"),
        REPLACED("由同一天起的后一版取代"),
        TAKEN_BACK("已撤回");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** What people call it. */
        public String word() {
            return word;
        }
    }

    /** What people call it. */
    public String name() {
        return number == 0 ? "规则书文件" : "第" + number + "号修订";
    }
}
