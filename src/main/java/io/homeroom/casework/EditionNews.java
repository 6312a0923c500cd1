package io.homeroom.casework;

import io.homeroom.casework.EditionBook.Line;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Passages;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people have still to hear of the rulebook's amendments: that one was put in force, that the day of one comes near,
 * that one was taken back of which they were told, that the file was replaced. What was overtaken before anybody heard of it
 * is no news.
 */
@Service
@Transactional
public class EditionNews {

    private static final long OFFICE = 0;

    private final EditionBook book;
    private final Editions editions;
    private final Lawbook law;
    private final Calendars calendars;
    private final JdbcClient jdbc;

    /** The file texts that the database is known to have; a text never changes. */
    private final Map<String, String> noted = new ConcurrentHashMap<>();

    EditionNews(EditionBook book, Editions editions, Lawbook law, Calendars calendars, JdbcClient jdbc) {
        this.book = book;
        this.editions = editions;
        this.law = law;
        this.calendars = calendars;
        this.jdbc = jdbc;
    }

    /** What there is to be heard of an edition. */
    public enum Part {
        MADE,
        AHEAD,
        BACK,
        FILE;

        private String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something to be heard.
     *
     * @param before the law without it, oldest edition first; empty where nobody knows
     * @param then the law with it
     * @param told staff ids of those who were told of this edition before
     */
    public record Item(Edition edition, Part part, List<Rulebook> before, List<Rulebook> then, Set<Long> told) {}

    private record Told(int number, String part, long staff) {}

    /** The first day later than another on which there is something to be heard. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        LocalDate tomorrow = after.plusDays(1);
        if (isOtherFile()) {
            return Optional.of(tomorrow);
        }
        List<Line> lines = book.lines();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Set<String> done = done(told());
        if (lines.stream().anyMatch(line -> !done.contains(mark(line)))) {
            return Optional.of(tomorrow);
        }
        return ahead(lines, done, tomorrow)
                .map(line -> eve(line.from()))
                .map(eve -> eve.isAfter(after) ? eve : tomorrow)
                .min(LocalDate::compareTo);
    }

    /** What is to be heard on a day, in the order in which it came about; what was overtaken is struck off. */
    public List<Item> due(LocalDate day) {
        List<Item> items = new ArrayList<>();
        file(day).ifPresent(items::add);
        List<Line> lines = book.lines();
        List<Told> told = told();
        Set<String> done = done(told);
        Map<LocalDate, Line> counting = EditionBook.counting(lines);
        Set<Integer> unheard = lines.stream()
                .filter(line -> line.takesBack() == null && !done.contains(mark(line)))
                .map(Line::number)
                .collect(Collectors.toSet());
        for (Line line : lines) {
            Integer back = line.takesBack();
            if (done.contains(mark(line))) {
                continue;
            }
            if (back != null) {
                if (unheard.contains(back)) {
                    note(back, Part.BACK, OFFICE, day);
                } else {
                    find(back)
                            .ifPresent(edition ->
                                    items.add(new Item(edition, Part.BACK, List.of(), List.of(), heard(told, back))));
                }
            } else if (!line.equals(counting.get(line.from())) || book.isRestated(line)) {
                note(line.number(), Part.MADE, OFFICE, day);
            } else {
                Predicate<Line> known =
                        one -> one.number() < line.number() && !(unheard.contains(one.number()) && same(one, line));
                find(line.number())
                        .ifPresent(edition -> items.add(new Item(
                                edition,
                                Part.MADE,
                                law(lines, known),
                                law(lines, one -> known.test(one) || one.equals(line)),
                                Set.of())));
            }
        }
        ahead(lines, done, day)
                .filter(line ->
                        !unheard.contains(line.number()) && !eve(line.from()).isAfter(day))
                .forEach(line -> find(line.number())
                        .ifPresent(edition -> items.add(new Item(
                                edition,
                                Part.AHEAD,
                                law(lines, one -> !same(one, line)),
                                law.editions(Tenant.current()),
                                heard(told, line.number())))));
        return items;
    }

    /** Notes that an item was told, to the office and to these; in the transaction in which they are. */
    public void told(Item item, Set<Long> staff, LocalDate day) {
        if (item.part() == Part.FILE) {
            noteFile(day);
            return;
        }
        note(item.edition().number(), item.part(), OFFICE, day);
        staff.forEach(one -> note(item.edition().number(), item.part(), one, day));
    }

    private static boolean same(Line one, Line other) {
        return one.from().equals(other.from());
    }

    private static String mark(Line line) {
        Integer back = line.takesBack();
        return back == null ? mark(line.number(), Part.MADE) : mark(back, Part.BACK);
    }

    private static String mark(int number, Part part) {
        return number + part.code();
    }

    private static Set<String> done(List<Told> told) {
        return told.stream()
                .filter(one -> one.staff() == OFFICE)
                .map(one -> one.number() + one.part())
                .collect(Collectors.toSet());
    }

    private static Set<Long> heard(List<Told> told, int number) {
        return told.stream()
                .filter(one -> one.number() == number && one.staff() != OFFICE)
                .map(Told::staff)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Amendments that begin on a day or later and of whose coming nobody heard again; one made on its eve needs no more. */
    private Stream<Line> ahead(List<Line> lines, Set<String> done, LocalDate day) {
        return EditionBook.counting(lines).values().stream()
                .filter(line -> !line.from().isBefore(day)
                        && line.setOn().isBefore(eve(line.from()).minusDays(1))
                        && !done.contains(mark(line.number(), Part.AHEAD)));
    }

    /** The last working day before a day. */
    private LocalDate eve(LocalDate day) {
        WorkCalendar calendar = calendars.current();
        LocalDate eve = day.minusDays(1);
        while (calendar.isRest(eve)) {
            eve = eve.minusDays(1);
        }
        return eve;
    }

    private Optional<Edition> find(int number) {
        return editions.find(String.valueOf(number));
    }

    private List<Rulebook> law(List<Line> lines, Predicate<Line> which) {
        return law.supposing(
                Tenant.current(), null, book.read(lines.stream().filter(which).toList()));
    }

    // ---- the file

    private String fileText() {
        return law.text(Tenant.current()).orElse("");
    }

    private boolean isOtherFile() {
        String text = fileText();
        if (text.isEmpty() || text.equals(noted.get(Tenant.current()))) {
            return false;
        }
        if (text.equals(notedText())) {
            noted.put(Tenant.current(), text);
            return false;
        }
        return true;
    }

    /** Another file than the one last heard of; the first one, and one that says the same, are only noted. */
    private Optional<Item> file(LocalDate day) {
        if (!isOtherFile()) {
            return Optional.empty();
        }
        String old = notedText();
        Rulebook now = law.filed(Tenant.current());
        Rulebook before = old == null
                ? null
                : Rulebooks.read("rulebook", Passages.plain(old)).rulebook().orElse(null);
        if (old == null || now.equals(before)) {
            noteFile(day);
            return Optional.empty();
        }
        List<Rulebook> amendments = book.read(book.lines());
        Edition file = editions.all().stream()
                .filter(one -> one.number() == 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No file"));
        return Optional.of(new Item(
                file,
                Part.FILE,
                before == null ? List.of() : law.supposing(Tenant.current(), before, amendments),
                law.editions(Tenant.current()),
                Set.of()));
    }

    private @Nullable String notedText() {
        return jdbc.sql("select rules from rule_file where association_id = :association")
                .param("association", Tenant.current())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void noteFile(LocalDate day) {
        int there = jdbc.sql("update rule_file set rules = :text, noted_on = :day where association_id = :association")
                .param("text", fileText())
                .param("day", day)
                .param("association", Tenant.current())
                .update();
        if (there == 0) {
            jdbc.sql("insert into rule_file (association_id, rules, noted_on) values (:association, :text, :day)")
                    .param("association", Tenant.current())
                    .param("text", fileText())
                    .param("day", day)
                    .update();
        }
    }

    // ---- who was told

    private List<Told> told() {
        return jdbc.sql("select nth, part, staff_id from edition_told where association_id = :association")
                .param("association", Tenant.current())
                .query((row, n) -> new Told(row.getInt(1), row.getString(2), row.getLong(3)))
                .list();
    }

    private void note(int number, Part part, long staff, LocalDate day) {
        jdbc.sql("insert into edition_told (association_id, nth, part, staff_id, told_on)"
                        + " values (:association, :nth, :part, :staff, :day)")
                .param("association", Tenant.current())
                .param("nth", number)
                .param("part", part.code())
                .param("staff", staff)
                .param("day", day)
                .update();
    }
}
