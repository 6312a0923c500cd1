package io.homeroom.classroom;

import io.homeroom.desk.LastWord;
import io.homeroom.ground.Money;
import io.homeroom.liaison.Contacted;
import io.homeroom.liaison.Promise;
import io.homeroom.member.Member;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a member owes that is overdue, and what was said about it; class teachers and the branches that chase fees work by it.
 *
 * @param owed all that is overdue
 * @param title what it is for: 2026年度会费
 * @param dueOn the oldest last day
 * @param days since then
 * @param clauses on which it rests
 * @param contact the latest contact
 * @param told the latest reminder, by whomever
 * @param promise the word that holds
 * @param bound whether a reminder would reach whom notices go to
 */
public record Debt(
        Member member,
        Money owed,
        String title,
        LocalDate dueOn,
        long days,
        List<String> clauses,
        @Nullable Contacted contact,
        LastWord.@Nullable Told told,
        @Nullable Promise promise,
        boolean bound) {

    public Debt {
        clauses = List.copyOf(clauses);
    }
}
