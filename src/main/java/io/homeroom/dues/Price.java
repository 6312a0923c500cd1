package io.homeroom.dues;

import io.homeroom.ground.Money;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Rulebook;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What something costs by the rulebook, and why. Pure. Shares of a year are rounded to the fen, halves up.
 *
 * @param amount what is to be paid
 * @param why how it came about, in Chinese, with clause
 * @param clauses by which clauses
 * @param throughYear the last calendar year it covers
 * @param coversTo the last day it covers of that year; null for its end
 */
record Price(
        Money amount,
        String why,
        List<String> clauses,
        int throughYear,
        @Nullable LocalDate coversTo) {

    private static final int MONTHS = 12;

    Price(Money amount, String why, List<String> clauses, int throughYear) {
        this(amount, why, clauses, throughYear, null);
    }

    /** A whole year by the standard of a day; empty where the grade has none. */
    static Optional<Price> year(Rulebook book, Fees fees, String grade, int year, LocalDate day) {
        return fees.yearly(grade, day)
                .map(yearly -> new Price(
                        yearly, year + "年会费，" + grade + "标准 " + yearly + basis(book, duty(fees)), duty(fees), year));
    }

    /**
     * The year in which a membership began, or began to be billed.
     *
     * @param year the year billed
     * @param startOn start of the membership; if that lies in an earlier year, the year is billed in full
     */
    static Optional<Price> firstYear(
            Rulebook book, Fees fees, String grade, int year, LocalDate startOn, LocalDate day) {
        List<String> clauses = both(fees.firstYear().cite(), duty(fees));
        boolean whole = !fees.firstYear().months() || startOn.getYear() < year;
        return fees.yearly(grade, day).map(yearly -> {
            if (whole) {
                String why = year + "年会费（首年按全年），" + grade + "标准 " + yearly;
                return new Price(yearly, why + basis(book, fees.firstYear().cite()), clauses, year);
            }
            int months = MONTHS - startOn.getMonthValue() + (book.holds("joining-month-counts") ? 1 : 0);
            Money part = yearly.share(months, MONTHS, RoundingMode.HALF_UP);
            String why = year + "年会费按月折算：" + startOn.getMonthValue() + "月入会，共" + months + "个月，" + yearly + "×" + months
                    + "÷" + MONTHS + "=" + part;
            return new Price(part, why + basis(book, fees.firstYear().cite()), clauses, year);
        });
    }

    /** What a higher grade costs for the rest of the day's year, its month included unless read otherwise; empty where that is nothing. */
    static Optional<Price> topUp(Rulebook book, Fees fees, String from, String to, LocalDate day) {
        Fees.TopUp rule = fees.topUp();
        Optional<Money> low = fees.yearly(from, day);
        Optional<Money> high = fees.yearly(to, day);
        if (rule == null || low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        int months = MONTHS - day.getMonthValue() + (book.holds("change-month-counts") ? 1 : 0);
        boolean whole = book.setting("top-up").filter("remainder"::equals).isPresent();
        Money part = whole
                ? high.get().share(months, MONTHS, RoundingMode.HALF_UP).minus(low.get())
                : high.get().minus(low.get()).share(months, MONTHS, RoundingMode.HALF_UP);
        if (high.get().minus(low.get()).fen() <= 0 || !part.isPositive()) {
            return Optional.empty();
        }
        String sum = whole
                ? high.get() + "×" + months + "÷" + MONTHS + "－" + low.get()
                : "（" + high.get() + "－" + low.get() + "）×" + months + "÷" + MONTHS;
        String why = from + "升" + to + "补足当年剩余" + months + "个月的差额：" + sum + "=" + part;
        return Optional.of(new Price(part, why + basis(book, rule.cite()), rule.cite(), day.getYear()));
    }

    /**
     * Whole years up to the end of a term: every calendar year, from {@code from} on, that begins within it; read so, of the
     * last one only the months to the end of the term, its month included (BACCA-31-b).
     *
     * @param must whether it is the duty or the option
     */
    static Optional<Price> term(
            Rulebook book, Fees fees, String grade, int from, LocalDate termEnds, boolean must, LocalDate day) {
        Fees.Term rule = fees.term();
        int through = termEnds.getYear();
        if (rule == null || through < from) {
            return Optional.empty();
        }
        List<String> clauses = both(must ? rule.must() : rule.may(), duty(fees));
        String basis = basis(book, must ? rule.must() : rule.may());
        int last = termEnds.getMonthValue();
        boolean part = last < MONTHS
                && book.setting("term-last-year").filter("months"::equals).isPresent();
        int years = through - from + (part ? 0 : 1);
        return fees.yearly(grade, day).map(yearly -> {
            Money whole = yearly.times(years);
            if (part) {
                Money amount = whole.plus(yearly.share(last, MONTHS, RoundingMode.HALF_UP));
                String sum = (years == 0 ? "" : yearly + "×" + years + "＋") + yearly + "×" + last + "÷" + MONTHS;
                String why =
                        "本届剩余任期会费，" + from + "年至" + through + "年" + last + "月，" + grade + "标准 " + sum + "=" + amount;
                LocalDate coversTo = termEnds.withDayOfMonth(termEnds.lengthOfMonth());
                return new Price(amount, why + basis, clauses, through, coversTo);
            }
            String span = years == 1 ? from + "年" : from + "年至" + through + "年";
            String why = "本届剩余任期会费，" + span + "共" + years + "年，" + grade + "标准 " + yearly + "×" + years + "=" + whole;
            return new Price(whole, why + basis, clauses, through);
        });
    }

    /** What is left of a year of which a term has paid the months up to a day. */
    static Optional<Price> afterTerm(Rulebook book, Fees fees, String grade, LocalDate covered, LocalDate day) {
        int months = MONTHS - covered.getMonthValue();
        List<String> clauses =
                both(fees.term() == null ? List.of() : fees.term().may(), duty(fees));
        return fees.yearly(grade, day).map(yearly -> {
            Money amount = yearly.share(months, MONTHS, RoundingMode.HALF_UP);
            String why = covered.getYear() + "年届满之后" + months + "个月的会费，" + grade + "标准 " + yearly + "×" + months + "÷"
                    + MONTHS + "=" + amount;
            return new Price(amount, why + basis(book, clauses), clauses, covered.getYear());
        });
    }

    /** By how much the rest of a day's year costs less in a lower-priced grade, its month counted as for a top-up. */
    static Money surplus(Rulebook book, Fees fees, String from, String to, LocalDate day) {
        int months = MONTHS - day.getMonthValue() + (book.holds("change-month-counts") ? 1 : 0);
        return fees.yearly(from, day)
                .flatMap(before -> fees.yearly(to, day).map(before::minus))
                .filter(Money::isPositive)
                .map(less -> less.share(months, MONTHS, RoundingMode.HALF_UP))
                .orElse(Money.ZERO);
    }

    /** Whether a grade must pay the whole term at once. */
    static boolean mustPayTerm(Rulebook book, Fees fees, String grade) {
        Fees.Term rule = fees.term();
        return rule != null && book.rank(rule.from()) >= 0 && book.rank(grade) >= book.rank(rule.from());
    }

    /** The clauses that make the duty to pay; those about paying late are cited when it is late. */
    static List<String> duty(Fees fees) {
        List<String> duty = fees.cite().stream()
                .filter(clause -> !fees.reminderCite().contains(clause))
                .toList();
        return duty.isEmpty() ? fees.cite() : duty;
    }

    private static String basis(Rulebook book, List<String> clauses) {
        if (clauses.isEmpty()) {
            return "";
        }
        Set<String> labels = new LinkedHashSet<>();
        clauses.forEach(clause -> labels.add(book.label(clause)));
        return "（依据" + String.join("、", labels) + "）";
    }

    static List<String> both(List<String> first, List<String> second) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return new ArrayList<>(all);
    }
}
