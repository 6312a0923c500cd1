package io.homeroom.schedule;

import io.homeroom.ground.WorkCalendar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code calendar.yaml}: for each year {@code rest} and {@code work}, lists of {@code MM-DD} or {@code MM-DD..MM-DD}. The
 * working directory's file wins over the one in the jar.
 */
public final class CalendarFile {

    /** Where the file lies, in the working directory and in the jar. */
    public static final String PLACE = "config/calendar.yaml";

    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MM-dd");

    private CalendarFile() {}

    /** The working directory's file, else the one in the jar. */
    static WorkCalendar load() {
        return load(Path.of(PLACE));
    }

    static WorkCalendar load(Path file) {
        try {
            return years(text(file));
        } catch (IOException e) {
            throw new IllegalStateException(PLACE + " cannot be read", e);
        }
    }

    /** The text of a calendar file; that of the jar where there is no such file yet. */
    public static String text(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            return Files.readString(file, StandardCharsets.UTF_8);
        }
        try (InputStream in = CalendarFile.class.getClassLoader().getResourceAsStream(PLACE)) {
            if (in == null) {
                throw new IOException(PLACE + " is neither in the working directory nor in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * The text with a notice's days in it: the notice's own year is set, days that it names of the year before are added
     * there. Everything else, remarks too, stays as it is.
     */
    public static String with(String text, HolidayNotice notice) {
        WorkCalendar known = years(text);
        String changed = text;
        for (int year : new TreeSet<>(notice.years().keySet())) {
            WorkCalendar.Year said = notice.years().get(year);
            if (said == null) {
                continue;
            }
            WorkCalendar.Year before = known.years().get(year);
            if (year != notice.year() && before == null) {
                continue; // some days of a year do not make its calendar
            }
            changed = put(changed, year, year == notice.year() || before == null ? said : together(before, said));
        }
        return changed;
    }

    /** The years of a text. */
    public static WorkCalendar years(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts a text in a file's place at once: whoever reads it meanwhile finds the old or the new one whole. */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "calendar", ".yaml");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static WorkCalendar.Year together(WorkCalendar.Year one, WorkCalendar.Year other) {
        Set<LocalDate> rest = new HashSet<>(one.rest());
        rest.addAll(other.rest());
        Set<LocalDate> work = new HashSet<>(one.work());
        work.addAll(other.work());
        return new WorkCalendar.Year(rest, work);
    }

    /** Replaces the lines of a year, or adds them at the end. */
    private static String put(String text, int year, WorkCalendar.Year days) {
        List<String> block =
                List.of(year + ":", "  rest: [" + spans(days.rest()) + "]", "  work: [" + spans(days.work()) + "]");
        List<String> lines = new ArrayList<>();
        boolean skipping = false;
        boolean placed = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith(year + ":")) {
                lines.addAll(block);
                skipping = true;
                placed = true;
            } else if (!skipping || !line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                skipping = false;
                lines.add(line);
            }
        }
        if (!placed) {
            lines.addAll(block);
        }
        return String.join("\n", lines) + "\n";
    }

    /** Days in a row as {@code first..last}. */
    private static String spans(Set<LocalDate> days) {
        List<String> spans = new ArrayList<>();
        LocalDate first = null;
        LocalDate last = null;
        for (LocalDate day : new TreeSet<>(days)) {
            if (first != null && last != null && !last.plusDays(1).equals(day)) {
                spans.add(span(first, last));
                first = null;
            }
            first = first == null ? day : first;
            last = day;
        }
        if (first != null && last != null) {
            spans.add(span(first, last));
        }
        return String.join(", ", spans);
    }

    private static String span(LocalDate first, LocalDate last) {
        return first.equals(last) ? MONTH_DAY.format(first) : MONTH_DAY.format(first) + ".." + MONTH_DAY.format(last);
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
