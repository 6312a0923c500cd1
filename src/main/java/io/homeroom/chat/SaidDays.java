package io.homeroom.chat;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days as they are typed: 7月10日, 7.10, 2026-07-10, 10号, 明天, 周五, 下周五, 下个月5号, 月底. A day without a year is the next
 * one to come.
 */
final class SaidDays {

    /** A day and where it stands in the text. */
    record Found(LocalDate day, int from, int to) {}

    private static final Pattern ANY =
            Pattern.compile("(?<full>(?<y>20\\d{2})\\s*[-/.年]\\s*(?<m>\\d{1,2})\\s*[-/.月]\\s*(?<d>\\d{1,2})\\s*[日号]?)"
                    + "|(?<month>(?<mm>\\d{1,2}|[一二三四五六七八九十]{1,2})\\s*月\\s*(?<md>\\d{1,2}|[一二三四五六七八九十]{1,3})\\s*[日号]?)"
                    + "|(?<dotted>(?<![\\d.])(?<dm>1[0-2]|0?[1-9])[./-](?<dd>3[01]|[12]\\d|0?[1-9])(?![\\d.]))"
                    + "|(?<next>下个?月(?<nd>\\d{1,2}|[一二三四五六七八九十]{1,3})[日号])"
                    + "|(?<nextend>下个?月底)|(?<end>(?:这个?|本)?月底|月末)"
                    + "|(?<week>(?<w>下下|下个?|这个?|本)?(?:周|星期|礼拜)(?<wd>[一二三四五六日天]))"
                    + "|(?<rel>大后天|后天|明天|明日|今天|今日)"
                    + "|(?<in>(?<n>\\d{1,3}|[一二两三四五六七八九十]{1,3})(?<unit>天|周|个星期|个月)(?:之|以)?后)"
                    + "|(?<only>(?<![\\d])(?<od>3[01]|[12]\\d|[1-9]|[一二三四五六七八九十]{1,3})[日号])");

    private SaidDays() {}

    /** All days in a text, in order. */
    static List<Found> in(String text, LocalDate today) {
        List<Found> found = new ArrayList<>();
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            try {
                found.add(new Found(day(matcher, today), matcher.start(), matcher.end()));
            } catch (DateTimeException e) {
                // 2月30日 is no day; it is left in the text
            }
        }
        return found;
    }

    /** What is wrong where a text names a day that the calendar does not have; empty if it names none. */
    static Optional<String> fault(String text, LocalDate today) {
        return impossible(text, today).stream().findFirst().map(said -> "日历上没有“" + said.strip() + "”这一天");
    }

    /** What is written like a day in a text and is none: 2月30日. */
    private static List<String> impossible(String text, LocalDate today) {
        List<String> found = new ArrayList<>();
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            try {
                day(matcher, today);
            } catch (DateTimeException e) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    /** The text without anything that reads like a day, be there such a day or not. */
    static String undated(String text) {
        return ANY.matcher(text).replaceAll(" ").strip();
    }

    /** The text without the days in it. */
    static String without(String text, List<Found> days) {
        StringBuilder rest = new StringBuilder(text);
        for (int i = days.size() - 1; i >= 0; i--) {
            rest.replace(days.get(i).from(), days.get(i).to(), " ");
        }
        return rest.toString().strip();
    }

    private static LocalDate day(Matcher said, LocalDate today) {
        if (said.group("full") != null) {
            return LocalDate.of(number(said.group("y")), number(said.group("m")), number(said.group("d")));
        }
        if (said.group("month") != null) {
            return toCome(number(said.group("mm")), number(said.group("md")), today);
        }
        if (said.group("dotted") != null) {
            return toCome(number(said.group("dm")), number(said.group("dd")), today);
        }
        if (said.group("next") != null) {
            return today.withDayOfMonth(1).plusMonths(1).withDayOfMonth(number(said.group("nd")));
        }
        if (said.group("nextend") != null) {
            return today.plusMonths(1).with(TemporalAdjusters.lastDayOfMonth());
        }
        if (said.group("end") != null) {
            return today.with(TemporalAdjusters.lastDayOfMonth());
        }
        if (said.group("week") != null) {
            return inWeek(said.group("w"), "一二三四五六日天".indexOf(said.group("wd")), today);
        }
        if (said.group("rel") != null) {
            return switch (said.group("rel")) {
                case "大后天" -> today.plusDays(3);
                case "后天" -> today.plusDays(2);
                case "明天", "明日" -> today.plusDays(1);
                default -> today;
            };
        }
        if (said.group("in") != null) {
            int n = number(said.group("n"));
            return switch (said.group("unit")) {
                case "天" -> today.plusDays(n);
                case "个月" -> today.plusMonths(n);
                default -> today.plusWeeks(n);
            };
        }
        int number = number(said.group("od"));
        LocalDate thisMonth = today.withDayOfMonth(1).plusDays(number - 1L);
        boolean inMonth = thisMonth.getMonth() == today.getMonth();
        return inMonth && !thisMonth.isBefore(today)
                ? thisMonth
                : today.withDayOfMonth(1).plusMonths(1).withDayOfMonth(number);
    }

    /** The next day of that date; one that passed less than two weeks ago was meant as it is. */
    private static LocalDate toCome(int month, int day, LocalDate today) {
        LocalDate this_ = LocalDate.of(today.getYear(), month, day);
        return this_.isBefore(today.minusDays(14)) ? LocalDate.of(today.getYear() + 1, month, day) : this_;
    }

    private static LocalDate inWeek(String which, int index, LocalDate today) {
        DayOfWeek weekday = DayOfWeek.of(Math.min(index, 6) + 1);
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        if (which == null) {
            return today.with(TemporalAdjusters.nextOrSame(weekday));
        }
        int weeks = which.equals("下下") ? 2 : which.startsWith("下") ? 1 : 0;
        return monday.plusWeeks(weeks).plusDays(weekday.getValue() - 1L);
    }

    private static int number(String said) {
        if (Character.isDigit(said.charAt(0))) {
            return Integer.parseInt(said);
        }
        int ten = said.indexOf('十');
        if (ten < 0) {
            return digit(said.charAt(0));
        }
        int tens = ten == 0 ? 1 : digit(said.charAt(0));
        return tens * 10 + (ten + 1 < said.length() ? digit(said.charAt(ten + 1)) : 0);
    }

    private static int digit(char c) {
        return c == '两' ? 2 : "零一二三四五六七八九".indexOf(c);
    }
}
