package io.homeroom.casework;

import java.util.List;

/**
 * A case as the person whom it is about follows it.
 *
 * @param word what kind of case it is, as people say it
 * @param stops its way from filing to effect; what will not be passed is left out
 * @param papers documents it asks for
 * @param dueCite clauses of its deadline
 * @param atEnd what the end of its time brings by itself; empty where it brings nothing
 * @param answers what may be answered now
 * @param mayCallOff whether the request can still be taken back
 */
public record Itinerary(
        CaseView view,
        String word,
        List<Stop> stops,
        List<Paper> papers,
        List<String> dueCite,
        String atEnd,
        List<Answer> answers,
        boolean mayCallOff) {

    /** Where a stop stands. */
    public enum State {
        DONE,
        NOW,
        NEXT,
        /** It ended here. */
        ENDED
    }

    /**
     * A step of the way.
     *
     * @param yours whether the person itself must act
     */
    public record Stop(String says, State state, boolean yours, List<String> cite) {}

    /**
     * A document.
     *
     * @param filed whether it counts as handed in
     * @param original whether the thing itself is to be handed over, to staff
     * @param exempts the office that may note that it does not apply; empty where it must come
     * @param exempted why it does not apply; empty where it does
     * @param before the step before which it is needed; empty for the filing as a whole
     * @param enclosures files of it
     */
    public record Paper(
            String name,
            boolean filed,
            boolean original,
            String exempts,
            String exempted,
            String before,
            List<String> cite,
            List<Enclosure> enclosures) {}

    /**
     * Something that may be answered.
     *
     * @param says what it leads to
     * @param wordy whether a few words of explanation belong to it
     */
    public record Answer(String code, String word, String says, boolean wordy, List<String> cite) {}
}
