package io.homeroom.casework;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A nomination that was asked for, so that a member may rise by exception.
 *
 * @param memberId who wants to rise
 * @param grade to which grade
 * @param nominatorId who was asked to nominate it
 * @param says what the member has contributed, in its own words
 * @param caseId the upgrade that came of it
 */
public record Backing(
        long id,
        long memberId,
        String memberName,
        String grade,
        long nominatorId,
        String nominatorName,
        String says,
        LocalDate askedOn,
        State state,
        @Nullable Long caseId) {

    /** What became of it. */
    public enum State {
        ASKED("等候提名"),
        GIVEN("已提名"),
        DECLINED("没有提名");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
