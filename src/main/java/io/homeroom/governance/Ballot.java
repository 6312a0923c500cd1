package io.homeroom.governance;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ballot as everybody may see it: who takes part is counted, how anybody voted is not in it.
 *
 * @param matter key of the case that it decides
 * @param stage the step of that case
 * @param title what is voted on, in one line
 * @param sitting the meeting in which it is held, if it is
 * @param special why it is held by mail or online; empty otherwise
 * @param clauses by which it is decided
 * @param closesOn last day for voting; null in a meeting, where it is closed by hand
 * @param seats seats of the body on the day of opening
 * @param electors how many may vote
 * @param voted how many have
 * @param papers how many of them on paper
 * @param present took part; this and the next three are null until it is counted
 * @param outcome what it came to; null until it is done
 * @param says numbers and consequence, or why nothing came of it
 */
public record Ballot(
        long id,
        long matter,
        int stage,
        String body,
        String title,
        Way way,
        boolean secret,
        @Nullable Long sitting,
        String special,
        List<String> clauses,
        LocalDate openedOn,
        @Nullable LocalDate closesOn,
        int seats,
        int electors,
        int voted,
        int papers,
        State state,
        @Nullable Integer present,
        @Nullable Integer inFavour,
        @Nullable Integer against,
        @Nullable LocalDate closedOn,
        @Nullable Result outcome,
        String says) {

    public Ballot {
        clauses = List.copyOf(clauses);
    }

    /** How votes are given. */
    public enum Way {
        MEETING("会上表决"),
        MAIL("书面（通讯）表决"),
        ONLINE("网上（通讯）表决");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Whether the bylaws must allow it beside the vote in a meeting. */
        public boolean isRemote() {
            return this != MEETING;
        }
    }

    /** What a voter may say. */
    public enum Choice {
        FOR("同意"),
        AGAINST("反对"),
        ABSTAIN("弃权");

        private final String word;

        Choice(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** How far it is. */
    public enum State {
        OPEN("表决中"),
        /** No more votes are taken; the count or its effect is still to come. */
        CLOSED("已截止"),
        DONE("已结束");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** What came of it. */
    public enum Result {
        PASSED("通过"),
        FAILED("未通过"),
        /** The bylaws write no share: the numbers serve whoever records the result. */
        COUNTED("已计票"),
        VOID("无效");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    public boolean isDone() {
        return state == State.DONE;
    }

    /** Whether it was closed and its numbers are known, but nothing has come of them yet. */
    public boolean isToCarryOut() {
        return state == State.CLOSED && present != null;
    }

    /** Whether papers have come in that somebody must count. */
    public boolean isToCount() {
        return state == State.CLOSED && present == null;
    }
}
