package io.homeroom.chat;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
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
        boolean noFee = law.fees() == null && (about.equals("fee") || about.equals("discount"));
        Rulebook.Answer answer = law.answers().get(noFee ? "fee" : about);
        if (answer == null && noFee) {
            answer = new Rulebook.Answer(law.noFee(), "没有会费，不用缴", List.of(), false);
        }
        if (answer == null) {
            events.publishEvent(Tell.of("member", memberId, "answer", LawAnswers.silence(law) + "回复「人工」转秘书处。"));
            return;
        }
        events.publishEvent(
                Tell.of("member", memberId, "answer", Screen.claimed(answer.says(), law.cite(answer.cite())))
                        .cites(answer.cite()));
        tellOthers(roster.get(memberId), about, answer);
    }

    /** Tells those whom the rulebook wants to hear that the question was asked. */
    void tellOthers(Member member, String about, Rulebook.Answer answer) {
        List<String> offices = answer.branch() && member.branch() != null ? List.of("branch") : answer.tell();
        for (String office : offices) {
            events.publishEvent(Tell.of(office, member.id(), "asked", member.name() + asked(about))
                    .cites(answer.cite()));
        }
    }

    private static String asked(String about) {
        return switch (about) {
            case "discount" -> "询问了会费能否少交，已按规定答复";
            case "contact" -> "询问怎样联系，请主动联络";
            default -> "询问了规定，已按规定答复";
        };
    }
}
