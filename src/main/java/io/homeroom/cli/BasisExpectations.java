package io.homeroom.cli;

import io.homeroom.casework.Cases;
import io.homeroom.casework.Eligibility;
import io.homeroom.casework.Rights;
import io.homeroom.member.Entry;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a value together with the clauses that it rests on: written {@code KEY: {is: VALUE, cites: [CLAUSE…]}} where {@code
 * KEY: VALUE} would say the value alone. All the clauses must be found.
 */
class BasisExpectations {

    private static final String NONE = "none";

    private final Rights rights;
    private final Cases cases;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;

    BasisExpectations(Rights rights, Cases cases, Roster roster, Lawbook law, BusinessClock clock) {
        this.rights = rights;
        this.cases = cases;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
    }

    /** Whether it has a right, and by which clauses it has it or has it not. */
    List<String> may(Script wanted, String right, long member, Cast cast) {
        return held(wanted, right, String.valueOf(rights.may(member, right)), rights.basis(member, right), cast);
    }

    List<String> size(Script wanted, long member, Cast cast) {
        String size = rights.size(member).orElse(NONE);
        return held(
                wanted,
                "size",
                size,
                law.of(clock.today()).sizes().stream()
                        .filter(rule -> rule.name().equals(size))
                        .flatMap(rule -> rule.cite().stream())
                        .toList(),
                cast);
    }

    List<String> kind(Script wanted, Member member, Cast cast) {
        String kind = member.kind().name().toLowerCase(Locale.ROOT);
        Rulebook.KindRule rule = law.of(clock.today()).kinds().get(kind);
        return held(wanted, "kind", kind, rule == null ? List.of() : rule.cite(), cast);
    }

    List<String> grade(Script wanted, Member member, Cast cast) {
        return held(
                wanted,
                "grade",
                member.grade(),
                law.of(clock.today())
                        .grade(String.valueOf(member.grade()))
                        .map(Rulebook.Grade::cite)
                        .orElse(List.of()),
                cast);
    }

    /** Absences as counted, and the rules about stand-ins and absences that hold for the member in that body. */
    List<String> absences(Script wanted, String body, int counted, Member member, Cast cast) {
        Rulebook book = law.of(clock.today());
        Stream<String> own = book.attendance().stream()
                .filter(rule -> rule.body().equals(body))
                .filter(rule -> rule.grades().contains(member.grade())
                        || rule.posts().stream()
                                .anyMatch(post -> member.posts().stream().anyMatch(held -> book.includes(held, post))))
                .flatMap(rule -> rule.cite().stream());
        Rulebook.Body rule = book.bodies().get(body);
        Stream<String> all = Stream.concat(own, rule == null ? Stream.empty() : rule.standInCite().stream());
        return held(wanted, body, String.valueOf(counted), all.toList(), cast);
    }

    /** The lines of a self-check, and the clauses of the way up that asks for them all. */
    List<String> conditions(Script wanted, Member member, Eligibility found, Cast cast) {
        Rulebook.Upgrade upgrade = law.of(clock.today()).upgrade();
        List<String> cite = upgrade == null
                ? List.of()
                : upgrade.paths().stream()
                        .filter(path ->
                                path.to().equals(found.to()) && path.from().contains(member.grade()))
                        .flatMap(path -> path.cite().stream())
                        .toList();
        return held(
                wanted,
                "conditions",
                String.valueOf(cases.eligible(member.id(), found.to()).lines().size()),
                cite,
                cast);
    }

    /** Lines of the ledger: what happened on which day, and by which clause. */
    List<String> ledger(List<Script> lines, long member, Cast cast) {
        List<Entry> history = roster.history(member);
        return lines.stream()
                .filter(wanted -> {
                    wanted.known("what", "on", "cites");
                    List<String> cites = wanted.texts("cites");
                    String on = wanted.textOr("on", null);
                    List<Entry> found = history.stream()
                            .filter(entry -> wanted.text("what")
                                            .equals(entry.kind().code())
                                    && (on == null || on.equals(entry.on().toString()))
                                    && (cites.isEmpty() || cites.contains(entry.clause())))
                            .toList();
                    cast.asserts(cites, found.stream().map(Entry::clause).toList());
                    return found.isEmpty();
                })
                .map(wanted -> "ledger " + wanted.text("what") + " 不符，实有 "
                        + history.stream()
                                .map(entry -> entry.kind().code() + " " + entry.on() + " " + entry.clause())
                                .collect(Collectors.joining("；")))
                .toList();
    }

    private static List<String> held(
            Script wanted, String key, @Nullable String found, Collection<String> clauses, Cast cast) {
        boolean part = wanted.isPart(key);
        String expected = part ? wanted.part(key).known("is", "cites").text("is") : wanted.text(key);
        List<String> cites = part ? wanted.part(key).texts("cites") : List.of();
        cast.asserts(cites, clauses);
        if (!Objects.equals(expected, found)) {
            return List.of(key + "：应为 " + expected + "，实为 " + found);
        }
        return clauses.containsAll(cites) ? List.of() : List.of(key + "：依据应有 " + cites + "，实为 " + clauses);
    }
}
