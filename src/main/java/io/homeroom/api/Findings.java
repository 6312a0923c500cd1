package io.homeroom.api;

import io.homeroom.member.Member;
import io.homeroom.review.Explain;
import io.homeroom.rulebook.Finding;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the bylaws say of a member today, as the API shows it. */
@Component
class Findings {

    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final Explain explain;

    Findings(Lawbook lawbook, BusinessClock clock, Explain explain) {
        this.lawbook = lawbook;
        this.clock = clock;
        this.explain = explain;
    }

    /** The gravest first; where several clauses bear a finding, each is a line. */
    List<Shapes.FindingShape> of(Member member) {
        return lines(explain.explain(member.id()).findings());
    }

    static List<Shapes.FindingShape> lines(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> (finding.clauses().isEmpty() ? List.of("") : finding.clauses())
                        .stream()
                                .map(clause -> new Shapes.FindingShape(
                                        clause.isEmpty() ? null : clause,
                                        finding.says(),
                                        finding.since(),
                                        finding.facts(),
                                        finding.ends())))
                .toList();
    }

    /** The rulebook of the association at work. */
    Rulebook rulebook(LocalDate day) {
        return lawbook.of(day);
    }

    /** On what class teachers rest; empty where the bylaws know none. */
    List<String> teacherClauses() {
        Rulebook.Teacher teacher = lawbook.of(clock.today()).teacher();
        return teacher == null ? List.of() : teacher.cite();
    }
}
