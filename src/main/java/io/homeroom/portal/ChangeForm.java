package io.homeroom.portal;

import io.homeroom.care.Changes;
import io.homeroom.casework.CaseView;
import io.homeroom.casework.Cases;
import io.homeroom.ground.Clauses;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.papers.Letters;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The form 会员单位联系资料交接通知单 of a change on paper, with what was known before beside what is new (WHJX-8-4a). */
@Component
public class ChangeForm {

    private final Cases cases;
    private final Roster roster;
    private final Letters letters;
    private final Lawbook law;
    private final BusinessClock clock;

    ChangeForm(Cases cases, Roster roster, Letters letters, Lawbook law, BusinessClock clock) {
        this.cases = cases;
        this.roster = roster;
        this.letters = letters;
        this.law = law;
        this.clock = clock;
    }

    /** The change of a key, if it is one about a member. Who may see it is for the caller to decide. */
    public Optional<CaseView> find(long id) {
        return cases.find(id).filter(one -> one.type().equals("change") && one.memberId() != null);
    }

    /** A PDF. */
    public byte[] print(CaseView change) {
        Member member = roster.get(Objects.requireNonNull(change.memberId()));
        Map<String, Object> facts = new HashMap<>();
        facts.put("association", law.of(clock.today()).name());
        facts.put("member", member.name());
        facts.put("field", Changes.word(change.data().getOrDefault("field", "")));
        facts.put("was", change.data().getOrDefault("was", ""));
        facts.put("to", change.data().getOrDefault("to", ""));
        facts.put("from", change.data().getOrDefault("from", change.openedOn().toString()));
        facts.put("opened", change.openedOn().toString());
        facts.put(
                "clauses",
                change.clauses().stream().map(Clauses::label).distinct().collect(Collectors.joining("、")));
        facts.put("steps", change.steps());
        return letters.print("handover", facts);
    }
}
