package io.homeroom.rulebook;

import io.homeroom.ground.WorkCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What would follow for one member by itself if nothing but time passed: a pure function, like the judge that it asks again
 * and again. Every notice counts as delivered.
 */
public final class Forecast {

    /** Rounds on one day; more mean that a rule feeds itself. */
    private static final int MOST_ROUNDS = 20;

    private Forecast() {}

    /**
     * Something that would follow.
     *
     * @param day on which it follows
     * @param key the same for the same member, rule and occasion
     * @param rule id of the watch, or {@code reminder}
     * @param clauses on which it rests
     * @param says in Chinese, without the end of a sentence
     * @param severe whether it opens a case or takes something away
     */
    public record Event(LocalDate day, String key, String rule, List<String> clauses, String says, boolean severe) {}

    /**
     * What follows from one day through another.
     *
     * @param law the rulebook of each day
     * @param switches first days of editions, on which everything is looked at anew
     */
    public static List<Event> of(
            Function<LocalDate, Rulebook> law,
            Set<LocalDate> switches,
            WorkCalendar calendar,
            Facts facts,
            LocalDate from,
            LocalDate through) {
        List<Event> events = new ArrayList<>();
        TreeSet<LocalDate> turns = new TreeSet<>(switches);
        Facts now = facts;
        LocalDate day = from;
        while (!day.isAfter(through)) {
            Rulebook book = law.apply(day);
            Ruling ruling = Judge.judge(book, calendar, now, day);
            for (int round = 0; !ruling.consequences().isEmpty() && round < MOST_ROUNDS; round++) {
                Map<String, Facts.Done> more = new HashMap<>();
                for (Consequence consequence : ruling.consequences()) {
                    events.add(event(day, consequence));
                    more.put(consequence.key(), new Facts.Done(day, true));
                }
                now = now.with(more);
                ruling = Judge.judge(book, calendar, now, day);
            }
            LocalDate next = ruling.next().orElse(null);
            LocalDate turn = turns.higher(day);
            if (next == null && turn == null) {
                break;
            }
            day = next == null || turn != null && turn.isBefore(next) ? turn : next;
        }
        return events;
    }

    private static Event event(LocalDate day, Consequence consequence) {
        String led = Judge.leadsTo(consequence.acts());
        String told = consequence.acts().stream()
                .map(Act::says)
                .filter(says -> says != null && !says.isEmpty())
                .map(says -> consequence.text(says == null ? "" : says))
                .distinct()
                .collect(Collectors.joining("；"));
        String says = led.isEmpty() ? told : told.isEmpty() ? led : led + "（" + told + "）";
        return new Event(day, consequence.key(), consequence.rule(), consequence.clauses(), says, consequence.severe());
    }
}
