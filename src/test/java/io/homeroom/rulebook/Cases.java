package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.testing.ShippedRulebook;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members as the judge sees them, and a night after night look at one of them. */
final class Cases {

    static final WorkCalendar CALENDAR = new WorkCalendar(Map.of(
            2025, new WorkCalendar.Year(days("2025-10-01", "2025-10-02", "2025-10-03"), days("2025-09-28")),
            2026, new WorkCalendar.Year(days("2026-05-01", "2026-05-04", "2026-05-05"), days("2026-05-09"))));

    private Cases() {}

    static Rulebook book(String code) {
        return ShippedRulebook.of(code);
    }

    static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    static Set<LocalDate> days(String... texts) {
        return Stream.of(texts).map(LocalDate::parse).collect(Collectors.toSet());
    }

    static Facts.Due bill(int year, String due) {
        return new Facts.Due(
                year,
                year,
                year + "年度会费",
                Money.ofYuan(8000),
                Money.ofYuan(8000),
                LocalDate.parse(due),
                LocalDate.of(year, 1, 1));
    }

    /** An active member since 2020-03-01. */
    static Facts member(List<Facts.Due> bills, List<String> activities, List<String> offered) {
        return new Facts(
                "示例公司",
                "active",
                null,
                day("2020-03-01"),
                null,
                false,
                true,
                true,
                null,
                false,
                day("2020-03-01"),
                List.of(),
                bills,
                activities.stream().map(LocalDate::parse).toList(),
                offered.stream().map(LocalDate::parse).toList(),
                Map.of(),
                Map.of());
    }

    /** The same but for one component, by its name. */
    private static Facts but(Facts facts, String component, @Nullable Object value) {
        RecordComponent[] components = Facts.class.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean there = false;
        try {
            for (int i = 0; i < components.length; i++) {
                boolean meant = components[i].getName().equals(component);
                values[i] = meant ? value : components[i].getAccessor().invoke(facts);
                types[i] = components[i].getType();
                there |= meant;
            }
            if (!there) {
                throw new IllegalArgumentException("Facts have no " + component);
            }
            return Facts.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record is made of its components", e);
        }
    }

    /** The same, reported bankrupt or dissolved. */
    static Facts gone(Facts f) {
        return but(f, "gone", true);
    }

    /** The same, where past years had other last days of payment; without a day for none. */
    static Facts feeDays(Facts f, Map<Integer, String> days) {
        return but(
                f,
                "feeDays",
                days.entrySet().stream()
                        .map(one ->
                                new Facts.FeeDay(one.getKey(), one.getValue().isEmpty() ? null : day(one.getValue())))
                        .toList());
    }

    /** The same, a member since another day. */
    static Facts since(String joined, Facts f) {
        return but(but(f, "joined", day(joined)), "activeSince", day(joined));
    }

    static Facts suspended(String since, boolean restorationPending) {
        return suspended(since, true, restorationPending);
    }

    static Facts suspended(String since, boolean byRule, boolean restorationPending) {
        Facts resting = but(member(List.of(), List.of(), List.of()), "standing", "suspended");
        return but(but(resting, "rest", new Facts.Rest(day(since), byRule)), "restorationPending", restorationPending);
    }

    static Facts applied(String applied) {
        Facts f = since(applied, member(List.of(), List.of(), List.of()));
        return but(but(f, "applied", day(applied)), "registered", false);
    }

    static Facts sitting(Facts f, String body, List<String> held, List<String> attended) {
        return but(
                f,
                "sittings",
                Map.of(
                        body,
                        new Facts.Sittings(
                                held.stream().map(LocalDate::parse).toList(),
                                attended.stream().map(LocalDate::parse).toList())));
    }

    /**
     * Looks at a member on every day, handing out what follows as the nightly review does.
     *
     * @return day and key of each consequence, in order
     */
    static List<String> live(Rulebook book, Facts facts, LocalDate from, LocalDate to) {
        List<String> log = new ArrayList<>();
        Facts now = facts;
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            now = night(book, now, day, log);
        }
        return log;
    }

    /** The member as it is when all that follows through a day has followed. */
    static Facts settled(Rulebook book, Facts facts, LocalDate day) {
        Facts now = facts;
        for (LocalDate one = day.minusYears(1); !one.isAfter(day); one = one.plusDays(1)) {
            now = night(book, now, one, new ArrayList<>());
        }
        return now;
    }

    static Facts night(Rulebook book, Facts facts, LocalDate day, List<String> log) {
        Facts now = facts;
        while (true) {
            Ruling ruling = Judge.judge(book, CALENDAR, now, day);
            if (ruling.consequences().isEmpty()) {
                return now;
            }
            Map<String, Facts.Done> done = new HashMap<>();
            for (Consequence consequence : ruling.consequences()) {
                log.add(day + " " + consequence.key());
                done.put(consequence.key(), new Facts.Done(day, true));
            }
            now = now.with(done);
        }
    }
}
