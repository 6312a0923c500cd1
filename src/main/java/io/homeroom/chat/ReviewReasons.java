package io.homeroom.chat;

import io.homeroom.member.Member;
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
    private final Lawbook laws;

    ReviewReasons(Explain explain, Lawbook laws) {
        this.laws = laws;
        this.explain = explain;
    }

    @Override
    public Explained of(Member member) {
        Explain.Account account = explain.account(member);
        Explanation explanation = account.explanation();
        // That a class teacher is missing is the association's own affair.
        Set<String> unsaid = laws.of(explanation.day()).watch().stream()
                .filter(watch -> watch.when().teacherless())
                .map(Watch::id)
                .collect(Collectors.toSet());
        List<Reason> now = explanation.findings().stream()
                .filter(finding -> !BILLS.contains(finding.code()) && !unsaid.contains(finding.code()))
                .map(ReviewReasons::reason)
                .toList();
        // The same step for a later bill says nothing new: the soonest is enough.
        Set<String> met = new HashSet<>();
        List<Reason> ahead = explanation.ahead().stream()
                .filter(step -> !unsaid.contains(step.rule()) && met.add(step.rule()))
                .map(step -> new Reason(step.rule(), step.says(), step.clauses(), step.day()))
                .toList();
        return new Explained(now, ahead, explanation.caveat(), account.bills(), account.requests());
    }

    private static Reason reason(Finding finding) {
        return new Reason(finding.code(), finding.says() + "；" + finding.ends(), finding.clauses());
    }
}
