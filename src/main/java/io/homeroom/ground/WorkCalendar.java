package io.homeroom.ground;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rest days and make-up workdays of the years for which the State Council has given notice. In other years
 * only weekends are known.
 *
 * @param years the years covered, each with its rest days on top of weekends and its make-up workdays
 */
public record WorkCalendar(Map<Integer, Year> years) {

    /** A calendar that knows no year: weekends only. */
    public static final WorkCalendar NONE = new WorkCalendar(Map.of());

    /**
     * One year's notice.
     *
     * @param rest days off, weekends may be among them
     * @param work weekend days that are worked
     */
    public record Year(Set<LocalDate> rest, Set<LocalDate> work) {
        public Year {
            rest = Set.copyOf(rest);
            work = Set.copyOf(work);
        }
    }

    private static final Year NO_NOTICE = new Year(Set.of(), Set.of());

    public WorkCalendar {
        years = Map.copyOf(years);
    }

    public boolean knows(int year) {
        return years.containsKey(year);
    }

    /** The years from one day to another that are not covered, ascending. */
    public List<Integer> unknown(LocalDate from, LocalDate through) {
        return IntStream.rangeClosed(from.getYear(), through.getYear())
                .filter(year -> !knows(year))
                .boxed()
                .toList();
    }

    /** This calendar cut down to some years, as a rulebook's setting may ask. */
    public WorkCalendar only(Set<Integer> wanted) {
        return new WorkCalendar(years.entrySet().stream()
                .filter(e -> wanted.contains(e.getKey()))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    public boolean isRest(LocalDate day) {
        Year year = years.get(day.getYear());
        if (year != null) {
            if (year.work().contains(day)) {
                return false;
            }
            if (year.rest().contains(day)) {
                return true;
            }
        }
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** The same, or past the days off of the yearly notice only, for whoever does not take weekends for statutory rest days. */
    public LocalDate roll(LocalDate day, boolean weekends) {
        if (weekends) {
            return roll(day);
        }
        LocalDate rolled = day;
        while (years.getOrDefault(rolled.getYear(), NO_NOTICE).rest().contains(rolled)) {
            rolled = rolled.plusDays(1);
        }
        return rolled;
    }

    /** The day itself if it is worked, else the next one that is (Civil Code art. 203). */
    public LocalDate roll(LocalDate day) {
        LocalDate rolled = day;
        while (isRest(rolled)) {
            rolled = rolled.plusDays(1);
        }
        return rolled;
    }
}
