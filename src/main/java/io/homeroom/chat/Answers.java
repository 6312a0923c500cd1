package io.homeroom.chat;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Standard questions about the bylaws, answered on record: the answer is a notice with its clauses. */
@Service
public class Answers {

    private final Roster roster;
    private final Lawbook laws;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Answers(Roster roster, Lawbook laws, BusinessClock clock, ApplicationEventPublisher events) {
        this.roster = roster;
        this.laws = laws;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Tells a member what the bylaws say, and whoever else the rulebook wants to hear of the question. Where the
     * document is silent the member is told so and offered the secretariat.
     *
     * @param about {@code fee discount withdrawal interpretation precedence contact}
     */
    @Transactional
    public void ask(long memberId, String about) {
        Rulebook law = laws.of(Tenant.current(), clock.today());
        Rulebook.Answer answer = law.answers().get(about);
        if (answer == null && about.equals("fee") && law.fees() == null) {
            answer = new Rulebook.Answer(law.noFee(), "没有会费，不用缴", List.of());
        }
        if (answer == null) {
            events.publishEvent(Tell.of("member", memberId, "answer", LawAnswers.silence(law) + "回复「人工」转秘书处。"));
            return;
        }
        events.publishEvent(
                Tell.of("member", memberId, "answer", Screen.claimed(answer.says(), law.cite(answer.cite())))
                        .cites(answer.cite()));
        tellOthers(memberId, answer);
    }

    /** Tells those whom the rulebook wants to hear that the question was asked. */
    void tellOthers(long memberId, Rulebook.Answer answer) {
        String name = roster.get(memberId).name();
        for (String office : answer.tell()) {
            events.publishEvent(Tell.of(office, memberId, "asked", name + "询问了会费能否少交，已按规定答复")
                    .cites(answer.cite()));
        }
    }
}
