package io.homeroom.member;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member as its ledger has it on a day.
 *
 * @param id key of the member, never reused
 * @param name full name
 * @param kind unit or person
 * @param grade the rulebook's word; that of the application for an applicant
 * @param standing where it stands
 * @param joinedOn start of the present (or last) membership
 * @param since in this grade since
 * @param endedOn end of the last membership; kept while it applies anew, because bars count from it
 * @param endedAs how it ended
 * @param uscc unified social credit code, or a person's identity number in clear: mask it where it is shown
 * @param teacherId staff id of the class teacher
 * @param branch the branch it belongs to, the first of its {@link #branches}
 * @param employerId the member that employs this person
 * @param number whether it has a valid member number
 * @param posts posts held, in the order in which they were gained
 * @param suspendedSince first day of the suspension in force
 * @param restoredOn when rights or membership last came back
 * @param reviewOn the next day on which the nightly look wants to see it
 * @param appliedOn day of the last application
 * @param announcedOn when the end was announced
 * @param listedFrom first day on the dishonesty list
 * @param listedTo day of removal from it
 * @param sanctions all sanctions on record, old ones too: {@link Sanction#on} tells which are in force
 * @param data fields set by changes, by name
 */
public record Member(
        long id,
        String name,
        Kind kind,
        String grade,
        Standing standing,
        @Nullable LocalDate joinedOn,
        @Nullable LocalDate since,
        @Nullable LocalDate endedOn,
        @Nullable EndedAs endedAs,
        @Nullable String uscc,
        @Nullable Long teacherId,
        @Nullable String branch,
        @Nullable Long employerId,
        boolean number,
        List<String> posts,
        @Nullable LocalDate suspendedSince,
        @Nullable LocalDate restoredOn,
        @Nullable LocalDate reviewOn,
        @Nullable LocalDate appliedOn,
        @Nullable LocalDate announcedOn,
        @Nullable LocalDate listedFrom,
        @Nullable LocalDate listedTo,
        List<Sanction> sanctions,
        Map<String, String> data) {

    static final String RESTS_BY = "suspended-by";
    static final String RESTS_UNTIL = "suspended-until";
    private static final String OTHER_BRANCHES = "branch-more";
    private static final String COMMA = "、";

    /** Whether the suspension in force comes from a sanction alone, which runs for its own term. */
    public boolean restsBySanction() {
        return data.containsKey(RESTS_BY);
    }

    /** Whether that sanction has a term, at the end of which rights come back by themselves. */
    public boolean restsForATerm() {
        return data.containsKey(RESTS_UNTIL);
    }

    /** Whether it is a member now, be its rights at rest or not. */
    public boolean belongs() {
        return standing.belongs();
    }

    /** All branches it is in (BACCA-27-7), the one first that chases its fee. */
    public List<String> branches() {
        String others = data.getOrDefault(OTHER_BRANCHES, "");
        return Stream.concat(Stream.ofNullable(branch), Arrays.stream(others.split(COMMA)))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** Fit for logs: no identity number. */
    @Override
    public String toString() {
        return "Member[id=" + id + ", name=" + name + ", grade=" + grade + ", standing=" + standing + ", joinedOn="
                + joinedOn + ", endedOn=" + endedOn + ", reviewOn=" + reviewOn + "]";
    }
}
