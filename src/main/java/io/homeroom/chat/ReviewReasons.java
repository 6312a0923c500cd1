package io.homeroom.chat;

import io.homeroom.dues.Bill;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.review.Explain;
import io.homeroom.review.Explanation;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reasons as the review explains them; bills are left out, because the answers speak of them with their amounts. */
@Component
class ReviewReasons implements Reasons {

    private static final Set<String> BILLS = Set.of("owed", "overdue");

    private final Explain explain;
    private final Roster roster;
    private final Lawbook laws;

    ReviewReasons(Explain explain, Roster roster, Lawbook laws) {
        this.laws = laws;
        this.explain = explain;
        this.roster = roster;
    }

    @Override
    public Explained of(Member member, List<Bill> bills) {
        Explanation explanation = explain.explain(member, bills);
        // That a class teacher is missing is the association's own affair.
        Set<String> unsaid = laws.of(explanation.day()).watch().stream()
                .filter(watch -> watch.when().teacherless())
                .map(Watch::id)
                .collect(Collectors.toSet());
        List<Reason> now = explanation.findings().stream()
                .filter(finding -> !BILLS.contains(finding.code()) && !unsaid.contains(finding.code()))
                .map(finding -> reason(member.id(), finding))
                .toList();
        // The same step for a later bill says nothing new: the soonest is enough.
        Set<String> met = new HashSet<>();
        List<Reason> ahead = explanation.ahead().stream()
                .filter(step -> !unsaid.contains(step.rule()) && met.add(step.rule()))
                .map(step -> new Reason(step.rule(), step.says(), step.clauses(), step.day()))
                .toList();
        return new Explained(now, ahead);
    }

    private Reason reason(long member, Finding finding) {
        String ends = finding.ends();
        List<String> clauses = finding.clauses().isEmpty() ? deciding(member, finding.code()) : finding.clauses();
        return new Reason(finding.code(), finding.says() + (ends == null ? "" : "；" + ends), clauses);
    }

    /** The clause that the ledger notes where the finding only tells the state. */
    private List<String> deciding(long member, String code) {
        EntryKind kind = code.equals("ended")
                ? EntryKind.ENDED
                : code.equals("suspended") ? EntryKind.SUSPENDED : EntryKind.SANCTIONED;
        String clause = "";
        for (Entry entry : roster.history(member)) {
            if (entry.kind() == kind) {
                clause = entry.clause();
            }
        }
        return clause.isEmpty() ? List.of() : List.of(clause);
    }
}
