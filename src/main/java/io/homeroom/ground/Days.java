package io.homeroom.ground;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Days as people say them. */
public final class Days {

    private static final String WEEKDAYS = "一二三四五六日";

    private Days() {}

    /** 3月31日 周二; with the year if it is not today's: 2027年4月1日 周四. */
    public static String said(LocalDate day, LocalDate today) {
        String year = day.getYear() == today.getYear() ? "" : day.getYear() + "年";
        char weekday = WEEKDAYS.charAt(day.getDayOfWeek().getValue() - 1);
        return year + day.getMonthValue() + "月" + day.getDayOfMonth() + "日 周" + weekday;
    }

    /** 2026年3月12日. */
    public static String dated(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    /** How far off a last day is: 还有12天, 今天到期, 已过3天. */
    public static String left(LocalDate lastDay, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, lastDay);
        return days > 0 ? "还有" + days + "天" : days == 0 ? "今天到期" : "已过" + -days + "天";
    }
}
