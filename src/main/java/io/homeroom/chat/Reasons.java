package io.homeroom.chat;

import io.homeroom.dues.Bill;
import io.homeroom.member.Member;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a member stands where it stands, and what will come of it. */
interface Reasons {

    /**
     * A sentence with the clauses that it rests on.
     *
     * @param code what kind of reason: {@code suspended}, {@code ended}, a rule's id
     * @param says without a full stop
     * @param on from which day it will hold; null if it does already, or at no known day
     */
    record Reason(
            String code,
            String says,
            List<String> clauses,
            @Nullable LocalDate on) {
        public Reason {
            clauses = List.copyOf(clauses);
        }

        Reason(String code, String says, List<String> clauses) {
            this(code, says, clauses, null);
        }
    }

    /**
     * @param now what holds today, weightiest first
     * @param ahead what would follow by itself, soonest first
     * @param caveat what has to be said about years whose calendar is missing; empty for none
     * @param bills the member's bills by year, cancelled ones too
     * @param requests kinds of the cases that it has asked for and are not over
     */
    record Explained(List<Reason> now, List<Reason> ahead, String caveat, List<Bill> bills, Set<String> requests) {
        public Explained {
            now = List.copyOf(now);
            ahead = List.copyOf(ahead);
            bills = List.copyOf(bills);
            requests = Set.copyOf(requests);
        }
    }

    /** Explains how a member of the current association stands today, by what was just read of it. */
    Explained of(Member member);
}
