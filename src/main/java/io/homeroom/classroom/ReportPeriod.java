package io.homeroom.classroom;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** A stretch that class teachers are reported on: a week from Monday, or a calendar half-year (WHJX-9-5). */
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

    /** The half-year in which a day lies. */
    public static ReportPeriod halfYear(LocalDate day) {
        LocalDate from = LocalDate.of(day.getYear(), day.getMonthValue() <= 6 ? 1 : 7, 1);
        return new ReportPeriod(Kind.HALF_YEAR, from, from.plusMonths(6).minusDays(1));
    }

    /** The one of the same kind in which a day lies. */
    public static ReportPeriod of(Kind kind, LocalDate day) {
        return kind == Kind.WEEK ? week(day) : halfYear(day);
    }

    /** The one before. */
    public ReportPeriod before() {
        return of(kind, from.minusDays(1));
    }

    /** The one after. */
    public ReportPeriod after() {
        return of(kind, to.plusDays(1));
    }

    /** 2026年上半年, 2026年3月2日至8日. */
    public String title() {
        if (kind == Kind.HALF_YEAR) {
            return from.getYear() + "年" + (from.getMonthValue() == 1 ? "上" : "下") + "半年";
        }
        String end =
                (to.getMonthValue() == from.getMonthValue() ? "" : to.getMonthValue() + "月") + to.getDayOfMonth() + "日";
        return from.getYear() + "年" + from.getMonthValue() + "月" + from.getDayOfMonth() + "日至" + end;
    }
}
