package io.homeroom.review;

import io.homeroom.member.EndedAs;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Watch;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The clause of a state that no rule of the rulebook names: the one that the ledger keeps with the entry that brought it about,
 * else that of the way by which such a state comes.
 */
@Component
class Grounds {

    private final Roster roster;

    Grounds(Roster roster) {
        this.roster = roster;
    }

    List<Finding> complete(Rulebook book, Member member, LocalDate day, List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.clauses().isEmpty()
                        ? finding.resting(clauses(book, member, day, finding.code()))
                        : finding)
                .toList();
    }

    private List<String> clauses(Rulebook book, Member member, LocalDate day, String code) {
        EntryKind kind = code.equals("ended")
                ? EntryKind.ENDED
                : code.equals("suspended") ? EntryKind.SUSPENDED : EntryKind.SANCTIONED;
        String clause = "";
        for (Entry entry : roster.history(member.id())) {
            boolean told = entry.kind() == kind && !entry.on().isAfter(day);
            clause = told && !entry.clause().isEmpty() ? entry.clause() : clause;
        }
        if (!clause.isEmpty()) {
            return List.of(clause);
        }
        EndedAs as = member.endedAs();
        return code.equals("ended") && as != null ? way(book, as) : track(book, "sanction");
    }

    private static List<String> way(Rulebook book, EndedAs as) {
        return switch (as) {
            case WITHDRAWN -> track(book, "withdrawal");
            case EXPELLED -> track(book, "expulsion");
            case DEEMED_WITHDRAWN -> track(book, "exit");
            case CONVERTED -> track(book, "choice");
            case FORFEITED ->
                book.watch().stream()
                        .filter(watch -> watch.then().stream().anyMatch(act -> act.effect() == Act.Effect.FORFEIT))
                        .map(Watch::cite)
                        .findFirst()
                        .orElse(List.of());
            default -> List.of();
        };
    }

    private static List<String> track(Rulebook book, String type) {
        Track track = book.cases().get(type);
        return track == null ? List.of() : track.cite();
    }
}
