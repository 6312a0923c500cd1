package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Rulebooks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The amendments of an association's rulebook as they are kept, each read once. */
@Component
class EditionBook {

    /**
     * A line of the table.
     *
     * @param takesBack the number of the amendment that it takes back; null for an amendment
     */
    record Line(
            int number,
            LocalDate from,
            @Nullable Integer takesBack,
            int basedOn,
            @Nullable String reading,
            String why,
            LocalDate setOn,
            String setBy) {}

    private final JdbcClient jdbc;
    private final boolean restating;

    /** What was read of a line never changes; by association and number. */
    private final Map<String, Rulebook> read = new ConcurrentHashMap<>();

    /** @param restating whether somebody is mending what this program cannot read, which is passed over then */
    EditionBook(JdbcClient jdbc, @Value("${homeroom.rules.restating:false}") boolean restating) {
        this.jdbc = jdbc;
        this.restating = restating;
    }

    /** All lines of the association at work, in the order in which they were made; without the texts. */
    List<Line> lines() {
        return jdbc.sql("select nth, from_on, takes_back, based_on, reading, why, set_on, set_by from rule_edition"
                        + " where association_id = :association order by nth")
                .param("association", Tenant.current())
                .query((row, n) -> new Line(
                        row.getInt(1),
                        row.getObject(2, LocalDate.class),
                        row.getObject(3, Integer.class),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, LocalDate.class),
                        row.getString(8)))
                .list();
    }

    /** The amendments that count, by their first day: of one day the last one made that was not taken back. */
    static Map<LocalDate, Line> counting(List<Line> lines) {
        Set<Integer> back = new HashSet<>();
        lines.stream().map(Line::takesBack).forEach(back::add);
        Map<LocalDate, Line> counting = new TreeMap<>();
        for (Line line : lines) {
            if (line.takesBack() == null && !back.contains(line.number())) {
                counting.put(line.from(), line);
            }
        }
        return counting;
    }

    /** The whole text of an amendment. */
    Optional<String> text(int number) {
        return column("rules", number);
    }

    /** The text of the file that an amendment changed, as it was then; empty where it changed an amendment. */
    Optional<String> base(int number) {
        return column("base_rules", number);
    }

    private Optional<String> column(String name, int number) {
        return jdbc.sql("select " + name + " from rule_edition where association_id = :association and nth = :nth"
                        + " and " + name + " is not null")
                .param("association", Tenant.current())
                .param("nth", number)
                .query(String.class)
                .optional();
    }

    /** Whether an amendment only says anew one of the same day that this program cannot read. */
    boolean isRestated(Line line) {
        return line.basedOn() > 0
                && lines().stream()
                        .anyMatch(one ->
                                one.number() == line.basedOn() && one.from().equals(line.from()))
                && read(line.basedOn()).isEmpty();
    }

    /** Those of some lines that count, read; what this program cannot read is left out. */
    List<Rulebook> read(List<Line> some) {
        return counting(some).values().stream()
                .flatMap(line -> read(line.number()).stream())
                .toList();
    }

    private Optional<Rulebook> read(int number) {
        String key = Tenant.current() + " " + number;
        Rulebook known = read.get(key);
        if (known == null) {
            known = Rulebooks.read("rulebook", text(number).orElse(""))
                    .rulebook()
                    .orElse(null);
        }
        if (known != null) {
            read.put(key, known);
        }
        return Optional.ofNullable(known);
    }

    /**
     * The amendments that count, read.
     *
     * @throws UnreadableEdition with all faults, if this program cannot read one of them
     */
    List<Rulebook> amendments() {
        List<Rulebook> amendments = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Line line : counting(lines()).values()) {
            read(line.number())
                    .ifPresentOrElse(
                            amendments::add,
                            () -> Rulebooks.read(name(line), text(line.number()).orElse("")).faults().stream()
                                    .map(Fault::toString)
                                    .forEach(faults::add));
        }
        if (!faults.isEmpty() && !restating) {
            throw new UnreadableEdition(faults);
        }
        return amendments;
    }

    /** As faults name it. */
    private static String name(Line line) {
        return Tenant.current() + "第" + line.number() + "号修订（" + line.from() + "起）";
    }

    /**
     * Adds a line.
     *
     * @param text null where an amendment is taken back
     * @throws org.springframework.dao.DuplicateKeyException if somebody else added this number
     */
    void add(Line line, @Nullable String text, @Nullable String base) {
        jdbc.sql("insert into rule_edition (association_id, nth, from_on, takes_back, rules, based_on,"
                        + " base_rules, reading, why, set_on, set_by) values (:association, :nth, :from, :back,"
                        + " :text, :based, :base, :reading, :why, :day, :by)")
                .param("association", Tenant.current())
                .param("nth", line.number())
                .param("from", line.from())
                .param("back", line.takesBack(), java.sql.Types.INTEGER)
                .param("text", text, java.sql.Types.LONGVARCHAR)
                .param("based", line.basedOn())
                .param("base", base, java.sql.Types.LONGVARCHAR)
                .param("reading", line.reading(), java.sql.Types.VARCHAR)
                .param("why", line.why())
                .param("day", line.setOn())
                .param("by", line.setBy())
                .update();
    }
}
