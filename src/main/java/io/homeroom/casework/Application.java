package io.homeroom.casework;

import io.homeroom.member.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application for admission.
 *
 * @param member id of a former member that comes back, null for a newcomer
 * @param name full name
 * @param grade the grade applied for; null for the lowest of that kind
 * @param post a post that is wished for
 * @param uscc credit code or identity number
 * @param employer id of the member for which a person works
 * @param documents documents handed in; null for all that are asked for
 * @param facts what the applicant states
 * @param data contact data and the like, kept with the member
 * @param by who files it
 */
public record Application(
        @Nullable Long member,
        String name,
        Kind kind,
        @Nullable String grade,
        @Nullable String post,
        @Nullable String uscc,
        @Nullable Long employer,
        @Nullable List<String> documents,
        Facts facts,
        Map<String, String> data,
        String by) {

    /**
     * Facts that decide whether an application is taken.
     *
     * @param visited whether the reception and visit took place or were waived
     * @param creditFailed whether the credit check was failed
     * @param representative whether a representative is named
     * @param liaison whether a liaison is named
     * @param region where it is registered; null where it fits
     * @param organ whether it is an organ legal person
     * @param politicalRights whether the person has political rights
     * @param penalties days of administrative penalties: of the decision or, read so, of its service
     * @param branchOf id of the member of which it is a branch
     * @param independent whether that branch has legal personality of its own
     * @param registration a registration number from abroad
     */
    public record Facts(
            boolean visited,
            boolean creditFailed,
            boolean representative,
            boolean liaison,
            @Nullable String region,
            boolean organ,
            boolean politicalRights,
            List<LocalDate> penalties,
            @Nullable Long branchOf,
            boolean independent,
            @Nullable String registration) {

        /** An applicant about whom nothing speaks against. */
        public static final Facts CLEAN =
                new Facts(true, false, true, true, null, false, true, List.of(), null, true, null);
    }
}
