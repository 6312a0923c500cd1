package io.homeroom.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as the office plans it.
 *
 * @param body the rulebook's word
 * @param day the day of it
 * @param starts hour and minute, {@code 14:00}; empty where none is set
 * @param place where; a meeting held remotely says by what means
 * @param remote by mail or online
 * @param special why it is held remotely; empty otherwise
 * @param version changes whenever anything of it changes
 * @param seats seats of the body when attendance was first taken; null before
 */
public record Sitting(
        long id,
        String body,
        LocalDate day,
        String starts,
        String place,
        boolean remote,
        String special,
        State state,
        int version,
        @Nullable Integer seats) {

    /** What became of it. */
    public enum State {
        PLANNED("已安排"),
        HELD("已召开"),
        CANCELLED("已取消");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public boolean isPlanned() {
        return state == State.PLANNED;
    }

    /** How a member was represented in it. */
    public enum Mark {
        PRESENT("到会"),
        OWN("本单位人员代为出席"),
        OTHER("外单位人员代为出席"),
        EXCUSED("请假"),
        ABSENT("缺席");

        private final String word;

        Mark(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A seat as it was taken.
     *
     * @param note who came instead, or why nobody did
     */
    public record Seat(long memberId, Mark mark, String note) {}
}
