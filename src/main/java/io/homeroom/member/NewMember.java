package io.homeroom.member;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a member that is entered: a newcomer, or one that the association already had.
 *
 * @param name full name
 * @param kind unit or person
 * @param grade the rulebook's word
 * @param joined start of membership; null enters an applicant
 * @param since in this grade since; null means {@code joined}
 * @param paidThrough a 31 December up to which dues were paid before this roster began; null means that every year
 *     from {@code joined} on is still to be billed
 * @param uscc credit code or identity number; unique in the association
 * @param number whether it has a member number
 * @param posts posts held since {@code joined}
 * @param teacherId staff id of the class teacher
 * @param branch its branch
 * @param employerId the member that employs this person
 * @param suspended first day of a suspension in force
 * @param listedFrom first day on the dishonesty list
 * @param listedTo day of removal from it
 * @param endedOn last day of a membership that is over
 * @param endedAs how it ended; required with {@code endedOn}
 * @param announcedOn when that was announced
 * @param data further fields
 * @param contacts people to reach
 */
public record NewMember(
        String name,
        Kind kind,
        String grade,
        @Nullable LocalDate joined,
        @Nullable LocalDate since,
        @Nullable LocalDate paidThrough,
        @Nullable String uscc,
        boolean number,
        List<String> posts,
        @Nullable Long teacherId,
        @Nullable String branch,
        @Nullable Long employerId,
        @Nullable LocalDate suspended,
        @Nullable LocalDate listedFrom,
        @Nullable LocalDate listedTo,
        @Nullable LocalDate endedOn,
        @Nullable EndedAs endedAs,
        @Nullable LocalDate announcedOn,
        Map<String, String> data,
        List<NewContact> contacts) {

    /**
     * Somebody to reach.
     *
     * @param phone in clear; sealed when stored
     */
    public record NewContact(Role role, String name, String phone) {

        /** Fit for logs: no phone. */
        @Override
        public String toString() {
            return "NewContact[role=" + role + "]";
        }
    }

    public NewMember {
        posts = List.copyOf(posts);
        data = Map.copyOf(data);
        contacts = List.copyOf(contacts);
        if (endedOn != null && (endedAs == null || joined == null)) {
            throw new IllegalArgumentException("A membership that is over needs its start and how it ended");
        }
    }

    /** Fit for logs: no identity number and no phones. */
    @Override
    public String toString() {
        return "NewMember[name=" + name + ", kind=" + kind + ", grade=" + grade + ", joined=" + joined + "]";
    }

    /** A member since a day. */
    public static NewMember of(String name, Kind kind, String grade, LocalDate joined) {
        return new Draft(name, kind, grade).joined(joined).done();
    }

    /** An applicant. */
    public static NewMember applicant(String name, Kind kind, String grade) {
        return new Draft(name, kind, grade).done();
    }

    /** Starts a description field by field. */
    public static Draft draft(String name, Kind kind, String grade) {
        return new Draft(name, kind, grade);
    }

    /** A description under way. */
    public static final class Draft {
        private final String name;
        private final Kind kind;
        private final String grade;
        private @Nullable LocalDate joined;
        private @Nullable LocalDate since;
        private @Nullable LocalDate paidThrough;
        private @Nullable String uscc;
        private boolean number;
        private final List<String> posts = new ArrayList<>();
        private @Nullable Long teacherId;
        private @Nullable String branch;
        private @Nullable Long employerId;
        private @Nullable LocalDate suspended;
        private @Nullable LocalDate listedFrom;
        private @Nullable LocalDate listedTo;
        private @Nullable LocalDate endedOn;
        private @Nullable EndedAs endedAs;
        private @Nullable LocalDate announcedOn;
        private final Map<String, String> data = new HashMap<>();
        private final List<NewContact> contacts = new ArrayList<>();

        private Draft(String name, Kind kind, String grade) {
            this.name = name;
            this.kind = kind;
            this.grade = grade;
        }

        public Draft joined(@Nullable LocalDate day) {
            joined = day;
            return this;
        }

        public Draft since(@Nullable LocalDate day) {
            since = day;
            return this;
        }

        public Draft paidThrough(@Nullable LocalDate day) {
            paidThrough = day;
            return this;
        }

        public Draft uscc(@Nullable String code) {
            uscc = code;
            return this;
        }

        public Draft number(boolean has) {
            number = has;
            return this;
        }

        public Draft post(String post) {
            posts.add(post);
            return this;
        }

        public Draft posts(List<String> all) {
            posts.addAll(all);
            return this;
        }

        public Draft teacher(@Nullable Long staffId) {
            teacherId = staffId;
            return this;
        }

        public Draft branch(@Nullable String word) {
            branch = word;
            return this;
        }

        public Draft employer(@Nullable Long memberId) {
            employerId = memberId;
            return this;
        }

        public Draft suspended(@Nullable LocalDate firstDay) {
            suspended = firstDay;
            return this;
        }

        public Draft listed(@Nullable LocalDate from, @Nullable LocalDate to) {
            listedFrom = from;
            listedTo = to;
            return this;
        }

        public Draft ended(@Nullable LocalDate day, @Nullable EndedAs as, @Nullable LocalDate announced) {
            endedOn = day;
            endedAs = as;
            announcedOn = announced;
            return this;
        }

        public Draft data(String key, String value) {
            data.put(key, value);
            return this;
        }

        public Draft contact(Role role, String who, String phone) {
            contacts.add(new NewContact(role, who, phone));
            return this;
        }

        public NewMember done() {
            return new NewMember(
                    name,
                    kind,
                    grade,
                    joined,
                    since,
                    paidThrough,
                    uscc,
                    number,
                    posts,
                    teacherId,
                    branch,
                    employerId,
                    suspended,
                    listedFrom,
                    listedTo,
                    endedOn,
                    endedAs,
                    announcedOn,
                    data,
                    contacts);
        }
    }
}
