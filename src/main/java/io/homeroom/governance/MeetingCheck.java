package io.homeroom.governance;

import io.homeroom.desk.Tell;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** On 1 January: whether each body met as often last year as the bylaws want. */
@Component
class MeetingCheck implements Duty {

    private final Lawbook law;
    private final Meetings meetings;
    private final ApplicationEventPublisher events;

    MeetingCheck(Lawbook law, Meetings meetings, ApplicationEventPublisher events) {
        this.law = law;
        this.meetings = meetings;
        this.events = events;
    }

    @Override
    public String name() {
        return "meeting-check";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return Optional.of(LocalDate.of(after.getYear() + 1, 1, 1));
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        if (day.getDayOfYear() != 1) {
            return;
        }
        int year = day.getYear() - 1;
        for (Rulebook.MeetingDuty duty : law.of(day).meetings()) {
            int held = meetings.heldBetween(duty.body(), LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31))
                    .size();
            if (held < duty.atLeast()) {
                events.publishEvent(Tell.of(
                                duty.tell(),
                                null,
                                "meeting-check",
                                year + "年" + duty.body() + "召开" + held + "次，按规定不少于" + duty.atLeast() + "次")
                        .cites(duty.cite())
                        .once("meeting-check:" + duty.body() + ":" + year));
            }
        }
    }
}
