package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of a case from filing to effect.
 *
 * @param cite clauses of the way as a whole
 * @param openers who may move it
 * @param grounds clauses that may be named as grounds; empty where none need be named
 * @param onlyAfter how membership must have ended (appeal, restoration); {@code suspended} for a running suspension
 * @param onlyCite clause cited otherwise
 * @param documents what must be filed
 * @param due time for the decision from the complete filing on
 * @param dueCite its clause
 * @param now it takes effect when it is opened with all documents
 * @param stages deciders in order
 * @param filed what follows the complete filing
 * @param approved what follows the last approval
 * @param awaits what must still happen after approval: {@code payment}, or the code of a task
 * @param effect what it does to the member in the end
 * @param done what follows the effect
 * @param rejected what follows a rejection
 * @param lapses when it ends by itself
 * @param silences while it is open on one of these grounds nobody at the member is reminded of anything
 * @param asReported the effect dates from the day of the reported fact, not from the decision
 * @param windows when it may be opened, by kind
 * @param matters who decides which matter, by clause (resolutions)
 * @param told what a member must know before it files
 * @param unless grounds that fall away while the member has another case open, by clause: the type of that case
 * @param asks grounds on which the member is asked for its reasons, by clause: the question
 */
public record Track(
        List<String> cite,
        @Nullable Openers openers,
        List<String> grounds,
        List<String> onlyAfter,
        List<String> onlyCite,
        List<Document> documents,
        @Nullable Span due,
        List<String> dueCite,
        boolean now,
        List<Stage> stages,
        List<Act> filed,
        List<Act> approved,
        List<String> awaits,
        Act.@Nullable Effect effect,
        List<Act> done,
        List<Act> rejected,
        @Nullable Lapse lapses,
        List<String> silences,
        boolean asReported,
        Map<String, Window> windows,
        Map<String, List<Stage>> matters,
        List<Told> told,
        Map<String, String> unless,
        Map<String, String> asks) {

    /**
     * Who may move it.
     *
     * @param grades members of these grades; empty bars members
     * @param offices offices and departments
     * @param read titles of the text that it does not define, and the office as which they are read; a motion under one
     *     of both is told to the first office of the track
     */
    public record Openers(List<String> grades, List<String> offices, Map<String, String> read, List<String> cite) {}

    /**
     * A document.
     *
     * @param kind {@code unit} or {@code individual}; null for both
     * @param gate without it the filing is not even taken
     * @param original the thing itself is handed over, a picture of it will not do
     * @param instead what may be filed in its place
     * @param exempts the office that may note that somebody has none to file; null where it must come
     */
    public record Document(
            String name,
            @Nullable String kind,
            boolean gate,
            boolean original,
            @Nullable String instead,
            @Nullable String exempts,
            List<String> cite) {

        /** Whether it, or what may take its place, is among the papers. */
        public boolean isIn(List<String> papers) {
            return papers.contains(name) || (instead != null && papers.contains(instead));
        }
    }

    /** A consequence that is said beforehand. */
    public record Told(List<String> cite, String says) {}

    /**
     * A step in which somebody decides, or something is awaited.
     *
     * @param at the body or office; {@code member} where the member must act
     * @param recess the body that acts in its place during recess
     * @param alsoInRecess the body that may act as well during recess
     * @param onlyInRecess the step exists only while this body is in recess
     * @param onlyByRule the step exists only in a case that the nightly look has opened
     * @param settled nothing may be overdue when this step approves, by this clause
     * @param await what ends a step at {@code member}: {@code payment}, {@code answer}; a task's code elsewhere
     * @param answerDays the reading that gives the days for an answer
     * @param counted votes are counted by this rule; null means that the recorded result is entered
     * @param failed what a failed vote leads to: {@code reject}, or {@code next} for the next step
     * @param onlyIfFailed the step is reached only after a failed vote
     * @param documents needed before this step decides
     * @param declines what the decider judges by, cited when it rejects
     * @param reasoned a rejection needs a reason, by this clause
     * @param provisional its approval takes effect at once, by this clause, and the next step confirms or annuls it
     * @param refers the body to which the decider may send the case
     * @param then what follows its approval
     * @param helps who works on the step together with the decider; null for nobody
     * @param cite its clauses
     */
    public record Stage(
            String at,
            @Nullable String recess,
            @Nullable String alsoInRecess,
            @Nullable String onlyInRecess,
            boolean onlyByRule,
            List<String> settled,
            @Nullable String await,
            @Nullable String answerDays,
            @Nullable Vote counted,
            @Nullable Vote exceptional,
            @Nullable String failed,
            boolean onlyIfFailed,
            List<Document> documents,
            List<String> declines,
            List<String> reasoned,
            List<String> provisional,
            @Nullable String refers,
            List<Act> then,
            @Nullable Help helps,
            List<String> cite) {}

    /**
     * Somebody who has a step together with the decider: a task of its own while the step lasts, and sight of the case.
     * Being in touch with the member, and noting what it says, is always part of it.
     *
     * @param to {@code teacher} for the class teacher, or an office
     * @param may what else it does: {@code answer} notes the member's answer, {@code letter} posts the letter with its proof
     * @param says what there is to do
     */
    public record Help(String to, List<String> may, String says, List<String> cite) {}

    /**
     * How votes are counted.
     *
     * @param base {@code present}, or {@code seats} for all in office
     * @param share what must be reached
     * @param maxAgainst most votes against; null for any
     * @param exact who is told when the votes are exactly the share
     * @param tie the reading that says whether exactly the share passes; null if {@code share} alone decides
     * @param cite its clauses
     */
    public record Vote(
            String base,
            Rulebook.Share share,
            @Nullable Integer maxAgainst,
            @Nullable String exact,
            @Nullable String tie,
            List<String> cite) {}

    /**
     * When a case ends by itself.
     *
     * @param paid paying ends it if the fee is the ground: {@code bill} for that bill, {@code all} for everything open
     * @param cured the answer {@code cured} ends it
     */
    public record Lapse(@Nullable String paid, boolean cured) {}

    /**
     * When a registration may be opened.
     *
     * @param within time from the application
     * @param reading the reading that holds the yearly period
     * @param termBody the body around whose change of term it opens
     * @param around how long before the end of the term and after the change
     * @param due time for the decision
     * @param cite of the window
     * @param dueCite of the time for the decision
     */
    public record Window(
            @Nullable Span within,
            @Nullable String reading,
            @Nullable String termBody,
            @Nullable Span around,
            @Nullable Span due,
            List<String> cite,
            List<String> dueCite) {}
}
