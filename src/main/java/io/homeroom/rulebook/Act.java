package io.homeroom.rulebook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One consequence; one of tell, task, open or effect is set.
 *
 * @param tell who gets a notice; {@code members} for everybody whose rights are not at rest
 * @param task a task to make
 * @param open a case to open, by type
 * @param at the stage at which it opens; null for the first
 * @param effect something done to the member
 * @param cite its clauses
 * @param says what the notice says, words in braces filled in; or what the task is called, where its usual name is too wide
 */
public record Act(
        List<String> tell,
        @Nullable TaskRule task,
        @Nullable String open,
        @Nullable String at,
        @Nullable Effect effect,
        List<String> cite,
        @Nullable String says) {

    /** Among the recipients and doers: the branch that the member belongs to. */
    public static final String BRANCH = "branch";

    boolean asksBranch() {
        return tell.contains(BRANCH) || task != null && task.to().equals(BRANCH);
    }

    /** What may be done to a member by a rule or a decided case. */
    public enum Effect {
        /** Becomes a member today. */
        JOIN,
        /** Becomes a member from the day of the complete application. */
        JOIN_RETROACTIVELY,
        /** The first year's bill. */
        BILL,
        /** Takes the grade that the case names. */
        GRADE,
        /** Takes the post that the case names. */
        POST,
        /** Membership ends as withdrawn. */
        WITHDRAW,
        /** Membership ends as expelled. */
        EXPEL,
        /** Membership ends as deemed withdrawn. */
        DEEM_WITHDRAWN,
        /** Membership is lost after too long a suspension. */
        FORFEIT,
        /** Individual membership is given up because the unit joined. */
        CONVERT,
        /** Rights rest. */
        SUSPEND,
        /** Rights come back. */
        RESTORE,
        /** An ended membership is taken up again as if it had not ended. */
        REINSTATE,
        /** The sanction that the case names. */
        SANCTION,
        /** Office is taken away for good. */
        REMOVE,
        /** Registration: number and its validity. */
        REGISTER,
        /** The new value of the field that the case names. */
        CHANGE,
        /** The lower amount that the case names. */
        REDUCE,
        /** The fee standards that the resolution names. */
        SET_FEES,
        /** The number of extra seats that the resolution names. */
        SET_SEATS
    }
}
