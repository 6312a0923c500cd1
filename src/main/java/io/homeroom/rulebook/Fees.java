package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dues of one association. Fee years are calendar years.
 *
 * @param cite clauses that oblige to pay
 * @param standards yearly amounts, each list from its day on
 * @param standardBy the body that must approve standards, with clause, if any
 * @param due the fixed last day of payment; null means the reading {@code fee-due}
 * @param dueCite its clause
 * @param firstYear how a newcomer's first bill is made
 * @param withNumber only members with a number are billed on 1 January
 * @param topUp what a higher grade costs for the rest of the year; null for nothing
 * @param term paying for the rest of the council's term
 * @param memo the word a remittance must carry
 * @param donation money that is no fee
 * @param waiver individuals of a unit that has paid
 * @param receipt the receipt to issue
 * @param reduction who must consent to less
 * @param reminders days before (negative) or after the due day on which the member is reminded
 * @param reminderTo who is reminded for the member; empty for its contact
 * @param reminderCite clauses of the reminders
 */
public record Fees(
        List<String> cite,
        List<Standard> standards,
        @Nullable StandardBy standardBy,
        @Nullable MonthDay due,
        List<String> dueCite,
        FirstYear firstYear,
        boolean withNumber,
        @Nullable TopUp topUp,
        @Nullable Term term,
        @Nullable Memo memo,
        @Nullable Donation donation,
        List<String> waiver,
        @Nullable TaskRule receipt,
        List<String> reduction,
        List<Integer> reminders,
        List<String> reminderTo,
        List<String> reminderCite) {

    /**
     * Yearly amounts from a day on.
     *
     * @param example true where the amounts are placeholders
     * @param amounts yuan by grade
     */
    public record Standard(LocalDate from, boolean example, Map<String, Money> amounts) {}

    /** Who approves standards. */
    public record StandardBy(String body, List<String> cite) {}

    /** {@code months}: by months to 31 December, the joining month counted; {@code at}: when the bill is made. */
    public record FirstYear(boolean months, At at, List<String> cite) {}

    /** When a newcomer's bill is made. */
    public enum At {
        APPROVAL,
        REGISTRATION
    }

    /** The difference for the remaining months, the month of effect included; nothing is given back. */
    public record TopUp(List<String> cite, List<String> noRefund) {}

    /**
     * @param body whose term it is
     * @param from lowest grade that must pay the whole term at once
     * @param must clause of the duty
     * @param may clause of the option
     */
    public record Term(String body, String from, List<String> must, List<String> may) {}

    /** The word that a bank remittance must carry. */
    public record Memo(String word, List<String> cite) {}

    /** The last day for a year's fee, null where the bylaws and the association name none. */
    public @Nullable LocalDate dueOn(Rulebook book, int year) {
        if (due != null) {
            return due.atYear(year);
        }
        return book.setting("fee-due")
                .filter(day -> !day.equals("none"))
                .map(day -> MonthDay.parse("--" + day).atYear(year))
                .orElse(null);
    }

    /** Money whose purpose has one of these words is a gift: it never settles a fee, and people decide what becomes of it. */
    public record Donation(List<String> words, List<String> cite) {
        /** Whether the purpose stated makes it a gift. */
        public boolean meant(String memo) {
            return words.stream().anyMatch(memo::contains);
        }
    }

    /** The standard in force on a day, for a grade; empty where none is set. */
    public Optional<Money> yearly(String grade, LocalDate day) {
        Money found = null;
        LocalDate since = LocalDate.MIN;
        for (Standard standard : standards) {
            Money amount = standard.amounts().get(grade);
            if (amount != null
                    && !standard.from().isAfter(day)
                    && !standard.from().isBefore(since)) {
                found = amount;
                since = standard.from();
            }
        }
        return Optional.ofNullable(found);
    }
}
