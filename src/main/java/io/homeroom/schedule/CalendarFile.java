package io.homeroom.schedule;

import io.homeroom.ground.WorkCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code calendar.yaml}: for each year {@code rest} and {@code work}, lists of {@code MM-DD} or {@code MM-DD..MM-DD}. */
final class CalendarFile {

    private static final String PLACE = "config/calendar.yaml";

    private CalendarFile() {}

    /** The working directory's file, else the one in the jar. */
    static WorkCalendar load() {
        Path own = Path.of(PLACE);
        try (InputStream in = Files.isRegularFile(own)
                ? Files.newInputStream(own)
                : CalendarFile.class.getClassLoader().getResourceAsStream(PLACE)) {
            if (in == null) {
                throw new IllegalStateException(PLACE + " is neither in the working directory nor in the jar");
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException(PLACE + " cannot be read", e);
        }
    }

    static WorkCalendar read(InputStream in) {
        Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        if (!(root instanceof Map<?, ?> years)) {
            throw new IllegalStateException(PLACE + " must map years to rest and work days");
        }
        Map<Integer, WorkCalendar.Year> read = new HashMap<>();
        years.forEach((key, value) -> {
            if (!(key instanceof Integer year) || !(value instanceof Map<?, ?> days)) {
                throw new IllegalStateException(PLACE + ": not a year with its days: " + key);
            }
            read.put(year, new WorkCalendar.Year(days(year, days.get("rest")), days(year, days.get("work"))));
        });
        return new WorkCalendar(read);
    }

    private static Set<LocalDate> days(int year, @Nullable Object list) {
        Set<LocalDate> days = new HashSet<>();
        if (list instanceof List<?> entries) {
            for (Object entry : entries) {
                String[] ends = String.valueOf(entry).split("\\.\\.", 2);
                LocalDate last = day(year, ends[ends.length - 1]);
                for (LocalDate day = day(year, ends[0]); !day.isAfter(last); day = day.plusDays(1)) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private static LocalDate day(int year, String text) {
        try {
            return MonthDay.parse("--" + text.trim()).atYear(year);
        } catch (DateTimeException e) {
            throw new IllegalStateException(PLACE + ": not a day of " + year + ": " + text, e);
        }
    }
}
