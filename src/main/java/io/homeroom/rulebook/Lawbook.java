package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rulebooks in force: for each association its editions, of which the one with the latest first day not after the
 * day asked about holds. What was settled at run time is laid over them by an {@link Overlay}: editions by which the
 * association amended its rulebook, fee standards that bodies resolved, readings that it chose. Safe for many threads; a
 * reader sees one state whole.
 */
public final class Lawbook {

    /** What was resolved beside the written rulebook; asked at {@link #refresh}, not at every look. */
    public interface Overlay {
        /** Approved fee standards, in any order; they hold beside the rulebook's from their own first day. */
        List<Fees.Standard> standards(String association);

        /** Readings that the association chose, in the order in which they were chosen; each holds from its day on. */
        default List<Chosen> readings(String association) {
            return List.of();
        }

        /**
         * Editions by which the association amended its rulebook, at most one of each first day; each takes the place of
         * the file's edition of its day. The same instance as long as it is the same edition.
         */
        default List<Rulebook> amendments(String association) {
            return List.of();
        }
    }

    /**
     * A reading that the association chose.
     *
     * @param value null for what the written rulebook says
     */
    public record Chosen(String key, @Nullable String value, LocalDate from) {}

    private final Map<String, List<Rulebook>> filed = new ConcurrentHashMap<>();
    private final Map<String, List<Rulebook>> written = new ConcurrentHashMap<>();
    private final Map<String, List<Rulebook>> inForce = new ConcurrentHashMap<>();
    private final Map<String, String> prints = new ConcurrentHashMap<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private volatile @Nullable Overlay overlay;

    /**
     * The rulebook of an association on a day. Before the first edition the first one answers: nothing older is known.
     *
     * @throws IllegalStateException if the association has none
     */
    public Rulebook of(String association, LocalDate day) {
        return on(editions(association), day);
    }

    /** The one of some editions, oldest first, that holds on a day; before the first day the first one. */
    public static Rulebook on(List<Rulebook> editions, LocalDate day) {
        Rulebook found = editions.get(0);
        for (Rulebook edition : editions) {
            if (!edition.edition().from().isAfter(day)) {
                found = edition;
            }
        }
        return found;
    }

    /** The rulebook of the association at work. */
    public Rulebook of(LocalDate day) {
        return of(Tenant.current(), day);
    }

    /** All editions, oldest first, with what was resolved laid over them. */
    public List<Rulebook> editions(String association) {
        List<Rulebook> editions = inForce.get(association);
        if (editions == null) {
            throw new IllegalStateException("No rulebook is loaded for " + association);
        }
        return editions;
    }

    /**
     * All editions as they are written in the file and its amendments, oldest first, without what was resolved or chosen.
     *
     * @throws IllegalStateException if it has none
     */
    public List<Rulebook> written(String association) {
        List<Rulebook> editions = written.get(association);
        if (editions == null) {
            throw new IllegalStateException("No rulebook is loaded for " + association);
        }
        return editions;
    }

    /**
     * The newest edition in the association's rulebook file, whether it is in force or not.
     *
     * @throws IllegalStateException if it has none
     */
    public Rulebook filed(String association) {
        List<Rulebook> editions = filed.getOrDefault(association, List.of());
        if (editions.isEmpty()) {
            throw new IllegalStateException("No rulebook is loaded for " + association);
        }
        return editions.get(editions.size() - 1);
    }

    /**
     * The {@link LawPrint} of an association's editions as they are written, without what was resolved or chosen.
     *
     * @throws IllegalStateException if it has none
     */
    public String print(String association) {
        String print = prints.get(association);
        if (print == null) {
            throw new IllegalStateException("No rulebook is loaded for " + association);
        }
        return print;
    }

    /** The first day later than another on which the association at work has another edition, or reads it otherwise. */
    public Optional<LocalDate> turn(LocalDate after) {
        return editions(Tenant.current()).stream()
                .map(book -> book.edition().from())
                .filter(day -> day.isAfter(after))
                .min(Comparator.naturalOrder());
    }

    /** The associations that have a rulebook. */
    public Set<String> associations() {
        return Set.copyOf(inForce.keySet());
    }

    /** Adds an edition; one with the same first day is replaced. */
    public synchronized void put(String association, Rulebook rulebook) {
        filed.put(association, with(filed.getOrDefault(association, List.of()), rulebook));
        refresh(association);
    }

    /** In the order of first days; of one day the edition put in later. */
    private static List<Rulebook> with(List<Rulebook> some, Rulebook more) {
        List<Rulebook> editions = new ArrayList<>(some);
        editions.removeIf(e -> e.edition().from().equals(more.edition().from()));
        editions.add(more);
        editions.sort(Comparator.comparing(e -> e.edition().from()));
        return List.copyOf(editions);
    }

    /** The same, and remembers the text that was read, for whoever writes the next edition. */
    public synchronized void put(String association, Rulebook rulebook, String text) {
        texts.put(association, text);
        put(association, rulebook);
    }

    /** The text of the association's rulebook file as it was read; empty where none was kept. */
    public Optional<String> text(String association) {
        return Optional.ofNullable(texts.get(association));
    }

    /** Forgets an association's editions and takes this one, as a rehearsal's run does. */
    public synchronized void only(String association, Rulebook rulebook) {
        filed.remove(association);
        put(association, rulebook);
    }

    /** Names who knows the resolutions, and asks at once. */
    public synchronized void overlay(Overlay source) {
        overlay = source;
        filed.keySet().forEach(this::refresh);
    }

    /**
     * Asks the overlay again, after something was settled here or on another node. What the overlay throws goes through,
     * and what was in force stays.
     */
    public synchronized void refresh(String association) {
        List<Rulebook> editions = filed.getOrDefault(association, List.of());
        if (editions.isEmpty()) {
            return;
        }
        Overlay source = overlay;
        if (source != null) {
            for (Rulebook amendment : source.amendments(association)) {
                editions = with(editions, amendment);
            }
        }
        List<Rulebook> laid = laidOver(association, editions, source);
        if (!editions.equals(written.put(association, editions)) || !prints.containsKey(association)) {
            prints.put(association, LawPrint.of(editions));
        }
        inForce.put(association, laid);
    }

    /**
     * The editions of an association as they would be if one more were put in force from its first day, with what was
     * resolved and chosen laid over all of them. Changes nothing.
     */
    public synchronized List<Rulebook> supposing(String association, Rulebook amendment) {
        return laidOver(association, with(written(association), amendment), overlay);
    }

    /**
     * The same as they would be of these amendments only.
     *
     * @param file what the association's file would be; null for what it is
     */
    public synchronized List<Rulebook> supposing(
            String association, @Nullable Rulebook file, List<Rulebook> amendments) {
        List<Rulebook> editions = file == null ? filed.getOrDefault(association, List.of()) : List.of(file);
        for (Rulebook amendment : amendments) {
            editions = with(editions, amendment);
        }
        return laidOver(association, editions, overlay);
    }

    /** The same as they would be if a reading were chosen from a day on; a null value for what the rulebook says. */
    public synchronized List<Rulebook> choosing(String association, Chosen choice) {
        Overlay source = overlay;
        List<Chosen> chosen = new ArrayList<>(source == null ? List.of() : source.readings(association));
        chosen.add(choice);
        return laidOver(association, written(association), source, chosen);
    }

    private static List<Rulebook> laidOver(String association, List<Rulebook> written, @Nullable Overlay source) {
        return laidOver(association, written, source, source == null ? List.of() : source.readings(association));
    }

    private static List<Rulebook> laidOver(
            String association, List<Rulebook> written, @Nullable Overlay source, List<Chosen> chosen) {
        List<Fees.Standard> resolved = source == null ? List.of() : source.standards(association);
        return editions(written, chosen).stream()
                .map(book -> laidOver(book, resolved))
                .toList();
    }

    /** The written editions, each parted on the days within it from which a reading was chosen otherwise. */
    private static List<Rulebook> editions(List<Rulebook> written, List<Chosen> chosen) {
        List<Rulebook> editions = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Rulebook book = written.get(i);
            LocalDate end =
                    i + 1 < written.size() ? written.get(i + 1).edition().from() : LocalDate.MAX;
            TreeSet<LocalDate> days = new TreeSet<>(Set.of(book.edition().from()));
            chosen.stream()
                    .map(Chosen::from)
                    .filter(day -> day.isAfter(book.edition().from()) && day.isBefore(end))
                    .forEach(days::add);
            days.forEach(day -> editions.add(read(book, day, chosen)));
        }
        return editions;
    }

    /** The book as it is read from a day on; of several choices about a point the last made counts. */
    private static Rulebook read(Rulebook book, LocalDate from, List<Chosen> chosen) {
        Map<String, Rulebook.Reading> readings = new LinkedHashMap<>(book.readings());
        for (Chosen one : chosen) {
            Rulebook.Reading before = book.readings().get(one.key());
            String value = one.value();
            if (before != null && before.value() != null && !one.from().isAfter(from)) {
                readings.put(one.key(), value == null ? before : before.read(value, false));
            }
        }
        if (readings.equals(book.readings()) && from.equals(book.edition().from())) {
            return book;
        }
        return holdingFrom(with(book, book.fees(), readings), from);
    }

    private static Rulebook laidOver(Rulebook book, List<Fees.Standard> resolved) {
        Fees fees = book.fees();
        if (fees == null || resolved.isEmpty()) {
            return book;
        }
        List<Fees.Standard> standards = new ArrayList<>(fees.standards());
        standards.addAll(resolved);
        return with(book, standards(fees, standards), book.readings());
    }

    /**
     * A copy with other yearly fees and readings, as a rehearsal's {@code fees} and {@code set} ask.
     *
     * @param yearly by grade; grades left out keep their last amount
     * @param readings by key
     * @throws IllegalArgumentException for a grade or reading that the rulebook does not have, or fees where it knows none
     */
    public static Rulebook withSettings(Rulebook book, Map<String, Money> yearly, Map<String, String> readings) {
        Fees fees = book.fees();
        if (!yearly.isEmpty()) {
            if (fees == null) {
                throw new IllegalArgumentException("规则书 " + book.code() + " 没有会费");
            }
            Set<String> unknown = new HashSet<>(yearly.keySet());
            book.grades().forEach(g -> unknown.remove(g.name()));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("规则书 " + book.code() + " 没有这些等级：" + String.join("、", unknown));
            }
            Map<String, Money> amounts = new LinkedHashMap<>();
            for (Rulebook.Grade grade : book.grades()) {
                Money amount = yearly.containsKey(grade.name())
                        ? yearly.get(grade.name())
                        : fees.yearly(grade.name(), LocalDate.MAX).orElse(null);
                if (amount != null) {
                    amounts.put(grade.name(), amount);
                }
            }
            fees = standards(fees, List.of(new Fees.Standard(LocalDate.of(1900, 1, 1), true, amounts)));
        }
        Map<String, Rulebook.Reading> set = new LinkedHashMap<>(book.readings());
        readings.forEach((key, value) -> {
            Rulebook.Reading before = set.get(key);
            if (before == null) {
                throw new IllegalArgumentException("规则书 " + book.code() + " 没有“" + key + "”这个读法"
                        + Binder.near(key, book.readings().keySet()));
            }
            if (before.value() == null) {
                throw new IllegalArgumentException(
                        "“" + key + "”由规则书的 " + String.join("、", before.at()) + " 决定，不能在这里设");
            }
            set.put(key, before.read(value, before.example()));
        });
        return with(book, fees, set);
    }

    /** The same book, holding from another day on. */
    public static Rulebook holdingFrom(Rulebook book, LocalDate day) {
        Rulebook.Edition edition =
                new Rulebook.Edition(day, book.edition().cite(), book.edition().note());
        return with(book, edition, book.fees(), book.readings());
    }

    private static Fees standards(Fees fees, List<Fees.Standard> standards) {
        return new Fees(
                fees.cite(),
                List.copyOf(standards),
                fees.standardBy(),
                fees.due(),
                fees.dueCite(),
                fees.firstYear(),
                fees.withNumber(),
                fees.topUp(),
                fees.term(),
                fees.memo(),
                fees.donation(),
                fees.waiver(),
                fees.receipt(),
                fees.reduction(),
                fees.reminders(),
                fees.reminderTo(),
                fees.reminderCite());
    }

    private static Rulebook with(Rulebook book, @Nullable Fees fees, Map<String, Rulebook.Reading> readings) {
        return with(book, book.edition(), fees, readings);
    }

    private static Rulebook with(
            Rulebook book, Rulebook.Edition edition, @Nullable Fees fees, Map<String, Rulebook.Reading> readings) {
        return new Rulebook(
                book.code(),
                book.name(),
                book.nickname(),
                book.title(),
                edition,
                book.clauses(),
                book.labels(),
                Collections.unmodifiableMap(readings),
                book.kinds(),
                book.grades(),
                book.entry(),
                book.posts(),
                book.bodies(),
                book.offices(),
                book.liaison(),
                book.teacher(),
                book.rights(),
                book.rightsEnd(),
                book.number(),
                fees,
                book.noFee(),
                book.requirements(),
                book.apply(),
                book.reEntry(),
                book.cases(),
                book.changes(),
                book.upgrade(),
                book.downgrade(),
                book.sanctions(),
                book.watch(),
                book.on(),
                book.reports(),
                book.attendance(),
                book.repeated(),
                book.meetings(),
                book.benefits(),
                book.sizes(),
                book.answers(),
                book.prices(),
                book.registers(),
                book.candidates());
    }
}
