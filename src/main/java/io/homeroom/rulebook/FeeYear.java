package io.homeroom.rulebook;

import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The period that begins when a year's fee is due, be it paid or not (DSIA-15: the same twelve months for every limb).
 *
 * @param year the fee's year
 * @param after the last day of payment; the period begins on the day after
 * @param through its last day; it is no period that a payment would stop, so it is not rolled past rest days (XDOC-3)
 */
record FeeYear(int year, LocalDate after, LocalDate through) {

    /**
     * The periods running on a day and the one that ended last, if no longer ago than it lasted. A year's day is the one
     * that was read when the year began; a year without one has no period. Only those a member belonged for from the first day to
     * the last: the fee of the year in which it joined has no due day.
     */
    static List<FeeYear> around(Rulebook book, Facts facts, Span span, LocalDate day) {
        LocalDate joined = facts.joined();
        Fees fees = book.fees();
        List<FeeYear> found = new ArrayList<>();
        if (joined == null || fees == null) {
            return found;
        }
        for (int year = day.getYear(); year > joined.getYear(); year--) {
            LocalDate due = facts.feeDay(book, fees, year);
            if (due == null || due.isAfter(day)) {
                continue;
            }
            FeeYear one = new FeeYear(year, due, Deadlines.lastDay(due, span));
            boolean past = Deadlines.lastDay(one.through(), span).isBefore(day);
            if (past || (facts.activeSince() != null && due.isBefore(facts.activeSince()))) {
                break;
            }
            found.add(one);
            if (one.through().isBefore(day)) {
                break;
            }
        }
        return found;
    }
}
