package io.homeroom.console;

import io.homeroom.casework.CaseView;
import io.homeroom.casework.CaseWords;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Days;
import io.homeroom.liaison.Classes;
import io.homeroom.papers.Letters;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The written reply to whoever a decided case is about: who decided what, when, why, by which clause, and what next. */
@Controller
class ReplyPaper {

    private static final Set<String> DECIDED = Set.of("approved", "rejected");

    private final CasePage cases;
    private final Classes classes;
    private final Lawbooks lawbooks;
    private final Letters letters;
    private final BusinessClock clock;

    ReplyPaper(CasePage cases, Classes classes, Lawbooks lawbooks, Letters letters, BusinessClock clock) {
        this.cases = cases;
        this.classes = classes;
        this.lawbooks = lawbooks;
        this.letters = letters;
        this.clock = clock;
    }

    /** Whether there is a decision to reply with. */
    static boolean fits(CaseView matter) {
        return matter.memberId() != null && DECIDED.contains(matter.outcome());
    }

    @GetMapping("/console/{code}/cases/{id}/reply.pdf")
    ResponseEntity<byte[]> reply(Visitor visitor, @PathVariable long id) {
        CaseView matter = cases.matter(visitor, id);
        Long member = matter.memberId();
        if (!fits(matter) || member == null) {
            throw new NotHere();
        }
        Rulebook book = lawbooks.of(visitor.code());
        boolean approved = matter.outcome().equals("approved");
        CaseView.Step decided = matter.steps().stream()
                .filter(step -> step.act().equals(matter.outcome()))
                .reduce((earlier, later) -> later)
                .orElse(null);
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", book.name());
        facts.put("member", matter.subject());
        facts.put("today", Days.dated(clock.today()));
        facts.put("matter", CaseWords.type(matter.type()));
        facts.put("opened", Days.dated(matter.openedOn()));
        facts.put("by", decided == null ? "" : Words.addressee(decided.by()));
        facts.put("decided", decided == null ? "" : Days.dated(decided.on()));
        facts.put("result", approved ? "同意" : "不同意");
        facts.put("reason", decided == null ? "" : decided.says());
        facts.put("rules", book.title());
        facts.put(
                "clauses",
                labels(decided == null || decided.clauses().isEmpty() ? matter.clauses() : decided.clauses()));
        facts.put("appeal", !approved && book.cases().containsKey("appeal"));
        facts.put(
                "teacher",
                classes.teacherOf(member)
                        .map(one -> one.name() + (one.phone() == null ? "" : " " + one.phone()))
                        .orElse(""));
        return Files.of(letters.print("reply", facts), MediaType.APPLICATION_PDF, matter.subject() + "书面答复.pdf");
    }

    private static String labels(List<String> clauses) {
        return clauses.stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
    }
}
