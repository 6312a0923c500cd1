package io.homeroom.rulebook;

import io.homeroom.ground.Days;
import io.homeroom.ground.Span;
import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/** From when a bill's arrears count. */
final class Arrears {

    private Arrears() {}

    /**
     * The bill's due day, or the rule's fixed day of that year. A bill due later than others of its year, or without a due
     * day, is not in arrears before that day or the one on which it was made.
     *
     * @return null where nothing is due
     */
    static @Nullable LocalDate start(Rulebook book, Facts.Due bill, @Nullable MonthDay from) {
        LocalDate due = bill.dueOn();
        if (from == null) {
            return due;
        }
        LocalDate fixed = from.atYear(bill.year());
        LocalDate years = book.fees() == null ? null : book.fees().dueOn(book, bill.year());
        if (due != null && years != null && !due.isAfter(years)) {
            return fixed;
        }
        LocalDate earliest = due == null ? bill.raisedOn() : due;
        return fixed.isBefore(earliest) ? earliest : fixed;
    }

    /** Whatever day arrears count from, none have lasted long enough while the bill may still be paid in time. */
    static LocalDate notBeforeDue(Facts.Due bill, LocalDate last) {
        LocalDate due = bill.dueOn();
        return due != null && last.isBefore(due) ? due : last;
    }

    /** What is found, in a sentence. */
    static String says(Facts.Due bill, LocalDate start, Span beyond, LocalDate last) {
        String owes = bill.title() + "尚欠" + bill.owed() + "，";
        if (beyond.count() == 0) {
            return owes + "最后交费日" + Days.dated(start) + "已过";
        }
        boolean early = bill.dueOn() != null && start.isBefore(bill.dueOn());
        return owes + (early ? "自" + Days.dated(start) + "起计" : "最后交费日" + Days.dated(start)) + "，至" + Days.dated(last)
                + "已满" + beyond.words() + "仍未交清";
    }
}
