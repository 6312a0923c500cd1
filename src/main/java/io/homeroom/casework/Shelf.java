package io.homeroom.casework;

import io.homeroom.casework.EditionBook.Line;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rulebook's file and its amendments as they stand today: which holds when, and what became of each. */
final class Shelf {

    private final List<Line> lines;
    private final Map<LocalDate, Line> counting;
    private final LocalDate fileFrom;
    private final String fileText;
    private final LocalDate today;

    Shelf(List<Line> lines, LocalDate fileFrom, String fileText, LocalDate today) {
        this.lines = lines;
        this.counting = EditionBook.counting(lines);
        this.fileFrom = fileFrom;
        this.fileText = fileText;
        this.today = today;
    }

    /** The number that the next line takes. */
    int nextNumber() {
        return lines.size() + 1;
    }

    /** The amendment that begins on a day and counts; null for none. */
    @Nullable
    Line from(LocalDate day) {
        return counting.get(day);
    }

    /** The amendment that holds on a day; null for the file. Before all first days the earliest answers. */
    @Nullable
    Line holds(LocalDate day) {
        TreeMap<LocalDate, Optional<Line>> all = new TreeMap<>(Map.of(fileFrom, Optional.empty()));
        counting.forEach((from, line) -> all.put(from, Optional.of(line)));
        Map.Entry<LocalDate, Optional<Line>> found = all.floorEntry(day);
        return (found == null ? all.firstEntry() : found).getValue().orElse(null);
    }

    /** The next first day after a day. */
    Optional<LocalDate> next(LocalDate after) {
        return counting.keySet().stream().filter(day -> day.isAfter(after)).findFirst();
    }

    /** All editions, the newest made first, the file last. */
    List<Edition> all() {
        List<Edition> all = new ArrayList<>();
        all.add(edition(null));
        lines.stream()
                .filter(line -> line.takesBack() == null)
                .map(this::edition)
                .forEach(all::add);
        Collections.reverse(all);
        return all;
    }

    /** What is known of an amendment; of the file for null. */
    Edition edition(@Nullable Line line) {
        Line holding = holds(today);
        if (line == null) {
            return new Edition(
                    "file-" + seal(fileText),
                    0,
                    fileFrom,
                    "",
                    null,
                    "",
                    null,
                    state(fileFrom, holding == null, !counting.containsKey(fileFrom)),
                    null);
        }
        Line back = lines.stream()
                .filter(one -> Integer.valueOf(line.number()).equals(one.takesBack()))
                .findFirst()
                .orElse(null);
        return new Edition(
                String.valueOf(line.number()),
                line.number(),
                line.from(),
                line.why(),
                line.setOn(),
                line.setBy(),
                line.reading(),
                back != null
                        ? Edition.State.TAKEN_BACK
                        : state(line.from(), line.equals(holding), line.equals(counting.get(line.from()))),
                back == null ? null : back.setBy() + " " + back.setOn() + "：" + back.why());
    }

    private Edition.State state(LocalDate from, boolean holds, boolean counts) {
        if (!counts) {
            return Edition.State.REPLACED;
        }
        return holds ? Edition.State.IN_FORCE : from.isAfter(today) ? Edition.State.TO_COME : Edition.State.PAST;
    }

    private static String seal(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
