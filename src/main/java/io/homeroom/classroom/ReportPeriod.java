package io.homeroom.classroom;

import io.homeroom.rulebook.Rulebook;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** A stretch that class teachers are reported on: a week from Monday, or a half-year (WHJX-9-5). */
public record ReportPeriod(Kind kind, LocalDate from, LocalDate to) {

    /** How long it is. */
    public enum Kind {
        WEEK("周报"),
        HALF_YEAR("半年报");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }
    }

    /** The week in which a day lies. */
    public static ReportPeriod week(LocalDate day) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new ReportPeriod(Kind.WEEK, monday, monday.plusDays(6));
    }

    /** The half-year in which a day lies, from the month in which the bylaws are read to begin it. */
    public static ReportPeriod halfYear(Rulebook book, LocalDate day) {
        return halfYearFrom(book.halfYear(day));
    }

    /** The half-year that begins on a day. */
    public static ReportPeriod halfYearFrom(LocalDate first) {
        return new ReportPeriod(Kind.HALF_YEAR, first, first.plusMonths(6).minusDays(1));
    }

    /** The one before. */
    public ReportPeriod before() {
        return kind == Kind.WEEK ? week(from.minusDays(1)) : halfYearFrom(from.minusMonths(6));
    }

    /** The one after. */
    public ReportPeriod after() {
        return kind == Kind.WEEK ? week(to.plusDays(1)) : halfYearFrom(from.plusMonths(6));
    }

    /** 2026年上半年, 2026年4月至9月, 2026年3月2日至8日. */
    public String title() {
        if (kind == Kind.HALF_YEAR) {
            return from.getYear()
                    + "年"
                    + switch (from.getMonthValue()) {
                        case 1 -> "上半年";
                        case 7 -> "下半年";
                        default ->
                            from.getMonthValue() + "月至" + (to.getYear() == from.getYear() ? "" : to.getYear() + "年")
                                    + to.getMonthValue() + "月";
                    };
        }
        String end =
                (to.getMonthValue() == from.getMonthValue() ? "" : to.getMonthValue() + "月") + to.getDayOfMonth() + "日";
        return from.getYear() + "年" + from.getMonthValue() + "月" + from.getDayOfMonth() + "日至" + end;
    }
}
