package io.homeroom.review;

import io.homeroom.ground.Days;
import io.homeroom.ground.Money;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.rulebook.Facts;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Forecast;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who would be treated differently, and from when, if a changed rulebook were put in force: each member's facts are carried
 * forward under the rulebooks that hold and under the proposed one, as if nobody paid, came or asked for anything. Nothing
 * is written.
 */
@Service
public class Impact {

    private static final int BATCH = 500;

    private final Roster roster;
    private final Contacts contacts;
    private final Dossiers dossiers;
    private final Lawbook law;
    private final Calendars calendars;
    private final BusinessClock clock;
    private final TransactionTemplate reading;

    Impact(
            Roster roster,
            Contacts contacts,
            Dossiers dossiers,
            Lawbook law,
            Calendars calendars,
            BusinessClock clock,
            PlatformTransactionManager transactions) {
        this.roster = roster;
        this.contacts = contacts;
        this.dossiers = dossiers;
        this.law = law;
        this.calendars = calendars;
        this.clock = clock;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    /**
     * A member that would be treated differently.
     *
     * @param teacher staff id of its class teacher; null for none
     * @param from the first day of a difference
     * @param now what would follow under today's rules and not under the proposed ones, soonest first
     * @param then what would follow under the proposed rules and not under today's
     */
    public record Difference(
            long member, String name, @Nullable Long teacher, LocalDate from, List<Line> now, List<Line> then) {}

    /** One thing that would hold or follow, with its clauses as ids. */
    public record Line(LocalDate day, String says, List<String> clauses) {}

    /**
     * What the look came to.
     *
     * @param from the day from which the proposed rules were applied
     * @param through the last day looked at
     * @param members how many were looked at
     * @param different how many would be treated differently
     * @param caveat what has to be said about years whose calendar is missing; empty for none
     */
    public record Result(LocalDate from, LocalDate through, int members, int different, String caveat) {}

    /** The day through which is looked if nobody says otherwise: the end of the year after next, so that a year's arrears run out. */
    public LocalDate usualEnd() {
        return LocalDate.of(clock.today().getYear() + 2, 12, 31);
    }

    /**
     * Looks at all current members of the association at work, a batch at a time, memory flat. Over the proposed rulebook
     * too is laid what was resolved and chosen, and later editions follow it.
     *
     * @param proposed a rulebook without faults; it holds from its first day, or from today if that has passed
     * @param through at most ten years ahead
     * @param each hears of every difference, in the order of entry
     * @throws IllegalArgumentException for another association's rulebook or a day out of range
     */
    public Result of(Rulebook proposed, LocalDate through, Consumer<Difference> each) {
        LocalDate today = clock.today();
        if (!proposed.code().equals(law.of(today).code())) {
            throw new IllegalArgumentException("这是协会 " + proposed.code() + " 的规则书");
        }
        LocalDate from = later(proposed.edition().from(), today);
        return between(
                law.editions(Tenant.current()),
                law.supposing(Tenant.current(), Lawbook.holdingFrom(proposed, from)),
                from,
                through,
                each);
    }

    /**
     * The same of two whole laws.
     *
     * @param before editions of the association, oldest first, as they hold or held
     * @param then the same as they would hold or do
     * @param begins the first day on which they differ; what has passed is not looked at
     * @throws IllegalArgumentException for a day out of range
     */
    public Result between(
            List<Rulebook> before,
            List<Rulebook> then,
            LocalDate begins,
            LocalDate through,
            Consumer<Difference> each) {
        LocalDate today = clock.today();
        if (through.isBefore(today) || through.isAfter(today.plusYears(10))) {
            throw new IllegalArgumentException("看到哪天要在今天之后、十年以内");
        }
        LocalDate from = later(begins, today);
        Function<LocalDate, Rulebook> old = day -> Lawbook.on(before, day);
        Function<LocalDate, Rulebook> after = day -> Lawbook.on(day.isBefore(from) ? before : then, day);
        Set<LocalDate> switches = new TreeSet<>(Set.of(from));
        Stream.of(before, then)
                .flatMap(List::stream)
                .forEach(edition -> switches.add(edition.edition().from()));
        WorkCalendar calendar = calendars.current();
        int members = 0;
        int different = 0;
        long key = 0;
        while (true) {
            long start = key;
            List<Difference> found = new ArrayList<>();
            Page<Member> page = reading.execute(status -> {
                Page<Member> some = roster.search(new Search(null, null, null, null, start, BATCH));
                Map<Long, Member> current = some.items().stream()
                        .filter(member -> member.standing().belongs())
                        .collect(Collectors.toMap(Member::id, Function.identity()));
                Map<Long, Facts> present = dossiers.of(old.apply(today), today, current);
                Map<Long, Facts> changed = dossiers.of(after.apply(from), today, current);
                Map<Long, List<Contact>> people = contacts.ofAll(current.keySet());
                for (Member member : some.items()) {
                    Facts facts = present.get(member.id());
                    Facts others = changed.get(member.id());
                    if (facts != null && others != null) {
                        Set<Line> now = lines(old, switches, calendar, member, facts, today, through);
                        Set<Line> other = lines(after, switches, calendar, member, others, today, through);
                        List<Contact> known = people.getOrDefault(member.id(), List.of());
                        for (LocalDate day : switches) {
                            apart(old.apply(day), known, day).ifPresent(now::add);
                            apart(after.apply(day), known, day).ifPresent(other::add);
                        }
                        compare(member, now, other).ifPresent(found::add);
                    }
                }
                return some;
            });
            members += (int) page.items().stream()
                    .filter(member -> member.standing().belongs())
                    .count();
            different += found.size();
            found.forEach(each);
            if (page.next() == null) {
                return new Result(
                        from, through, members, different, Explanation.caveat(calendar.unknown(today, through)));
            }
            key = page.next();
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /** What would follow, and what the member has and owes by its grade on the days on which that may change. */
    private static Set<Line> lines(
            Function<LocalDate, Rulebook> rules,
            Set<LocalDate> switches,
            WorkCalendar calendar,
            Member member,
            Facts facts,
            LocalDate today,
            LocalDate through) {
        Set<Line> lines = new LinkedHashSet<>();
        LocalDate newYear = LocalDate.of(today.getYear() + 1, 1, 1);
        Facts.Due coming = coming(rules.apply(newYear), member, newYear);
        List<Facts.Due> bills = new ArrayList<>(facts.bills());
        if (coming != null && !newYear.isAfter(through)) {
            bills.add(coming);
            lines.add(new Line(newYear, bill(coming), duty(rules.apply(newYear))));
        }
        Forecast.of(rules, switches, calendar, facts.owing(bills), today, through)
                .forEach(event -> lines.add(new Line(event.day(), event.says(), event.clauses())));
        for (LocalDate day : switches) {
            if (!day.isBefore(today) && !day.isAfter(through)) {
                rights(rules.apply(day), member, day, lines);
            }
        }
        return lines;
    }

    /** Two people who are to become one (IGRS-18-k, DSIA-3-5). */
    private static Optional<Line> apart(Rulebook book, List<Contact> known, LocalDate day) {
        List<String> liaisons = named(known, Role.LIAISON);
        return named(known, Role.REPRESENTATIVE).stream()
                .filter(one -> !liaisons.isEmpty() && !liaisons.contains(one))
                .flatMap(one -> Optional.ofNullable(book.apart(liaisons.get(0), one)).stream())
                .map(why -> new Line(day, why.reason(), why.clauses()))
                .findFirst();
    }

    private static List<String> named(List<Contact> known, Role role) {
        return known.stream()
                .filter(contact -> contact.role() == role)
                .map(Contact::name)
                .toList();
    }

    private static void rights(Rulebook book, Member member, LocalDate day, Set<Line> lines) {
        book.rights().forEach((right, rule) -> {
            if (rule.heldBy(book, member.grade(), member.posts())) {
                lines.add(new Line(day, "可以" + Rulebook.Right.word(right), rule.cite()));
            }
        });
    }

    /** The bill of the next year by the standard of that day; its id is the year, which is no other bill's. */
    private static Facts.@Nullable Due coming(Rulebook book, Member member, LocalDate newYear) {
        Fees fees = book.fees();
        Optional<Money> amount = fees == null ? Optional.empty() : fees.yearly(member.grade(), newYear);
        if (fees == null || amount.isEmpty()) {
            return null;
        }
        int year = newYear.getYear();
        return new Facts.Due(year, year, year + "年度会费", amount.get(), amount.get(), fees.dueOn(book, year), newYear);
    }

    private static String bill(Facts.Due due) {
        LocalDate last = due.dueOn();
        return due.title() + due.amount() + (last == null ? "，没有截止日" : "，最后交费日" + Days.dated(last));
    }

    private static List<String> duty(Rulebook book) {
        return book.fees() == null ? List.of() : book.fees().cite();
    }

    private static Optional<Difference> compare(Member member, Set<Line> now, Set<Line> then) {
        List<Line> gone = only(now, then);
        List<Line> come = only(then, now);
        Optional<LocalDate> from =
                Stream.concat(gone.stream(), come.stream()).map(Line::day).min(LocalDate::compareTo);
        return from.map(day -> new Difference(member.id(), member.name(), member.teacherId(), day, gone, come));
    }

    private static List<Line> only(Set<Line> some, Set<Line> others) {
        return some.stream()
                .filter(line -> !others.contains(line))
                .sorted(Comparator.comparing(Line::day))
                .toList();
    }
}
