package io.homeroom.console;

import io.homeroom.casework.Edition;
import io.homeroom.casework.Editions;
import io.homeroom.ground.Outcome;
import io.homeroom.review.Impact;
import io.homeroom.rulebook.Fault;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the whole-text editor and the reading pages have in common: a change is looked at, weighed, put in force. */
@Component
class Amending {

    private static final int SHOWN = 160;

    /** A fault and the line in which it is. */
    record Place(int line, int column, String message, String written) {}

    /**
     * What came of looking at a change.
     *
     * @param sound that there is nothing wrong in the text
     */
    record Looked(
            List<Place> faults,
            @Nullable String against,
            List<String> notes,
            boolean sound,
            @Nullable Weighed weighed) {}

    private final Editions editions;
    private final Impact impact;
    private final Lawbook law;

    Amending(Editions editions, Impact impact, Lawbook law) {
        this.editions = editions;
        this.impact = impact;
        this.law = law;
    }

    /** Looks at a change, and on request at whom it would concern. */
    Looked look(Visitor visitor, Editions.Draft draft, boolean weigh) {
        Editions.Proposal proposal = editions.propose(draft);
        List<String> lines = List.of(proposal.text().split("\n", -1));
        Rulebook then = proposal.rulebook();
        return new Looked(
                proposal.faults().stream().map(fault -> place(fault, lines)).toList(),
                proposal.against(),
                proposal.notes(),
                then != null,
                weigh && proposal.against() == null && then != null
                        ? Weighed.of(visitor, each -> impact.of(then, impact.usualEnd(), each))
                        : null);
    }

    /** Whom another reading would concern. */
    Weighed weigh(Visitor visitor, Lawbook.Chosen choice) {
        return Weighed.of(
                visitor,
                each -> impact.between(
                        law.editions(visitor.code()),
                        law.choosing(visitor.code(), choice),
                        choice.from(),
                        impact.usualEnd(),
                        each));
    }

    private static Place place(Fault fault, List<String> lines) {
        String line = fault.line() <= lines.size() ? lines.get(fault.line() - 1).strip() : "";
        return new Place(
                fault.line(),
                fault.column(),
                fault.message(),
                line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line);
    }

    Outcome<Edition> enact(Visitor visitor, Editions.Draft draft, String why) {
        return editions.enact(draft, why, visitor.username());
    }

    static String done(Edition edition) {
        return edition.name() + "已定，" + edition.from() + "起施行；已经决定的不变，每家会员都会按新的规则重新看一遍；明早秘书处的摘要和有会员受不同对待的班主任会收到消息。";
    }
}
