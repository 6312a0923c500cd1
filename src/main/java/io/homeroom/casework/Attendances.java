package io.homeroom.casework;

import io.homeroom.governance.Absent;
import io.homeroom.governance.MeetingHeld;
import io.homeroom.governance.Meetings;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What follows meetings beyond what bodies do themselves: absences that add up, and the work after a meeting. */
@Component
@Transactional
class Attendances {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Meetings meetings;
    private final Consequences consequences;

    Attendances(Lawbook law, BusinessClock clock, Roster roster, Meetings meetings, Consequences consequences) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.meetings = meetings;
        this.consequences = consequences;
    }

    /** Absences that reach the number of a rule within its time; the next one follows only after they fell below it. */
    @EventListener
    void absent(Absent event) {
        Member member = roster.get(event.member());
        for (Rulebook.Repeated rule : law.of(clock.today()).repeated()) {
            boolean concerns = rule.meetings().contains(event.body())
                    && (rule.grades().isEmpty() || rule.grades().contains(member.grade()));
            if (concerns
                    && meetings.within(member.id(), rule.meetings(), rule.window(), event.day()) == rule.alertAt()) {
                consequences.carryOut(
                        rule.then(),
                        new Context(
                                member.id(),
                                null,
                                null,
                                "absences:" + member.id() + ":" + String.join(",", rule.meetings()) + ":" + event.day(),
                                rule.cite(),
                                Map.of("次数", String.valueOf(rule.alertAt())),
                                event.by()));
            }
        }
    }

    @EventListener
    void held(MeetingHeld event) {
        consequences.on(
                "meeting",
                new Context(
                        null,
                        null,
                        null,
                        "meeting:" + event.meeting(),
                        List.of(),
                        Map.of("会议", event.body(), "日期", event.day().toString()),
                        event.by()));
    }
}
