package io.homeroom.governance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to change in a body on a day to come; what is null stays as it then is.
 *
 * @param id its key; 0 before it is recorded
 * @param body the rulebook's word
 * @param from the day from which it holds
 * @param recess whether it is in recess from then on
 * @param inOffice seats filled from then on
 * @param byRoster whether seats are counted from the roster from then on
 * @param termEnds last day of its term
 * @param changed the day on which its successor takes over
 */
public record BodyPlan(
        long id,
        String body,
        LocalDate from,
        @Nullable Boolean recess,
        @Nullable Integer inOffice,
        boolean byRoster,
        @Nullable LocalDate termEnds,
        @Nullable LocalDate changed) {

    boolean isEmpty() {
        return recess == null && inOffice == null && !byRoster && termEnds == null && changed == null;
    }

    BodyState upon(BodyState before) {
        return new BodyState(
                body,
                byRoster ? null : inOffice == null ? before.inOffice() : inOffice,
                recess == null ? before.recess() : recess,
                termEnds == null ? before.termEnds() : termEnds,
                changed == null ? before.changed() : changed);
    }

    /** The change in words: 闭会，在任21席. */
    public String says() {
        List<String> words = new ArrayList<>();
        if (recess != null) {
            words.add(recess ? "闭会" : "在会");
        }
        if (byRoster) {
            words.add("在任席位按名册计数");
        } else if (inOffice != null) {
            words.add("在任" + inOffice + "席");
        }
        if (termEnds != null) {
            words.add("任期至" + termEnds);
        }
        if (changed != null) {
            words.add(changed + "换届");
        }
        return String.join("，", words);
    }
}
