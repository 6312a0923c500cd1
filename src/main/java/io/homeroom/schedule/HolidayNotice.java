package io.homeroom.schedule;

import io.homeroom.ground.WorkCalendar;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the State Council's yearly notice of days off (国务院办公厅节假日安排) says, read from its text. The notice checks
 * itself: it names the weekday of most days and counts the days of each holiday, and whatever does not agree is a fault.
 *
 * @param year the year the notice is for
 * @param years the days it names, by year: a New Year's holiday may begin in the year before
 * @param faults what is missing or does not agree, in Chinese; empty for a notice that can be adopted
 */
public record HolidayNotice(int year, Map<Integer, WorkCalendar.Year> years, List<String> faults) {

    private static final List<String> FESTIVALS = List.of("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆");

    private static final Pattern TITLE = Pattern.compile("(\\d{4})年(?:部分)?节假日安排");
    private static final Pattern DAY = Pattern.compile(
            "(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:[（(]([^）)]*)[）)])?(?:(?:起)?(至|到|—|－|-|~)(?=[\\d]))?");
    private static final Pattern WEEKDAY = Pattern.compile("(?:周|星期)([一二三四五六日天])");
    private static final Pattern COUNT = Pattern.compile("共(\\d+)天|放假(\\d+)天");
    private static final String WEEKDAYS = "一二三四五六日";

    public HolidayNotice {
        years = Map.copyOf(years);
        faults = List.copyOf(faults);
    }

    /** Reads a notice; what it cannot make sense of is among the faults. */
    public static HolidayNotice read(String text) {
        String plain = text.replaceAll("[\\s　]+", "");
        Matcher title = TITLE.matcher(plain);
        if (!title.find()) {
            return new HolidayNotice(0, Map.of(), List.of("没有找到“××××年部分节假日安排”，不知道是哪一年的通知"));
        }
        Reader reader = new Reader(Integer.parseInt(title.group(1)));
        for (String sentence : plain.substring(title.end()).split("[。；;]")) {
            reader.sentence(sentence);
        }
        for (String festival : FESTIVALS) {
            if (!reader.named.contains(festival)) {
                reader.faults.add("没有找到" + festival + "的放假日期");
            }
        }
        return reader.read();
    }

    /** What one notice said so far. */
    private static final class Reader {
        private final int year;
        private final Map<Integer, Set<LocalDate>> rest = new TreeMap<>();
        private final Map<Integer, Set<LocalDate>> work = new TreeMap<>();
        private final Set<String> named = new TreeSet<>();
        private final List<String> faults = new ArrayList<>();

        Reader(int year) {
            this.year = year;
        }

        /** Days off are promised in a sentence with 放假, make-up workdays in one with 上班; advice (鼓励) promises nothing. */
        void sentence(String sentence) {
            if (sentence.contains("鼓励")) {
                return;
            }
            if (sentence.contains("上班")) {
                days(sentence, (from, to) -> span(from, to, this::worked));
            } else if (sentence.contains("放假")) {
                TreeSet<LocalDate> off = new TreeSet<>();
                days(sentence, (from, to) -> span(from, to, off::add));
                if (off.isEmpty()) {
                    return; // an introduction or a closing word
                }
                FESTIVALS.stream().filter(sentence::contains).forEach(named::add);
                off.forEach(day -> rest.computeIfAbsent(day.getYear(), y -> new TreeSet<>())
                        .add(day));
                Matcher count = COUNT.matcher(sentence);
                if (count.find()) {
                    int promised = Integer.parseInt(count.group(1) == null ? count.group(2) : count.group(1));
                    if (promised != off.size()) {
                        faults.add("“" + sentence + "”：写的是" + promised + "天，日期数出来是" + off.size() + "天");
                    }
                }
            }
        }

        private void worked(LocalDate day) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                faults.add(day + "不是周末，却写作补班日");
            }
            work.computeIfAbsent(day.getYear(), y -> new TreeSet<>()).add(day);
        }

        /** Finds days and ranges of days; a month or year that is not written is that of the day before it. */
        private void days(String sentence, Range found) {
            Matcher match = DAY.matcher(sentence);
            int inYear = year;
            int month = 0;
            LocalDate open = null;
            while (match.find()) {
                inYear = match.group(1) == null ? inYear : Integer.parseInt(match.group(1));
                month = match.group(2) == null ? month : Integer.parseInt(match.group(2));
                LocalDate day = day(inYear, month, Integer.parseInt(match.group(3)));
                if (day == null) {
                    faults.add("“" + match.group() + "”不是一个日期");
                    return;
                }
                weekday(day, match.group(4));
                if (match.group(5) != null) {
                    open = day;
                } else {
                    found.days(open == null ? day : open, day);
                    open = null;
                }
            }
        }

        private static @Nullable LocalDate day(int year, int month, int day) {
            try {
                return LocalDate.of(year, month, day);
            } catch (DateTimeException e) {
                return null;
            }
        }

        private void weekday(LocalDate day, @Nullable String remark) {
            Matcher match = WEEKDAY.matcher(remark == null ? "" : remark);
            if (match.find()) {
                int written = WEEKDAYS.indexOf(match.group(1).replace('天', '日')) + 1;
                if (written != day.getDayOfWeek().getValue()) {
                    faults.add(day + "写作周" + match.group(1) + "，实际是周"
                            + WEEKDAYS.charAt(day.getDayOfWeek().getValue() - 1));
                }
            }
        }

        private void span(LocalDate from, LocalDate to, Consumer<LocalDate> each) {
            if (to.isBefore(from) || from.plusDays(31).isBefore(to)) {
                faults.add(from + "至" + to + "不像一个假期");
                return;
            }
            from.datesUntil(to.plusDays(1)).forEach(each);
        }

        HolidayNotice read() {
            Map<Integer, WorkCalendar.Year> years = new TreeMap<>();
            Set<Integer> all = new TreeSet<>(rest.keySet());
            all.addAll(work.keySet());
            for (int one : all) {
                Set<LocalDate> off = rest.getOrDefault(one, Set.of());
                Set<LocalDate> on = work.getOrDefault(one, Set.of());
                on.stream().filter(off::contains).forEach(day -> faults.add(day + "既写作放假，又写作上班"));
                if (Math.abs(one - year) > 1) {
                    faults.add("通知是" + year + "年的，却写着" + one + "年的日子");
                }
                years.put(one, new WorkCalendar.Year(off, on));
            }
            return new HolidayNotice(year, years, faults);
        }
    }

    /** Hears of the days from one to another, both included. */
    private interface Range {
        void days(LocalDate from, LocalDate to);
    }
}
