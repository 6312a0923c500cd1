package io.homeroom.casework;

import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.Calendars;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when an ended membership may be appealed for, where the bylaws are read so (WHJX-13). */
@Component
class AppealTime {

    private final Calendars calendars;

    AppealTime(Calendars calendars) {
        this.calendars = calendars;
    }

    /** The last day for an appeal; empty where none is set, or the membership has not ended. */
    Optional<LocalDate> lastDay(Rulebook rules, Member member) {
        LocalDate ended = member.endedOn();
        return ended == null
                ? Optional.empty()
                : rules.setting("appeal-within")
                        .filter(days -> !days.equals("none"))
                        .map(days -> calendars
                                .current()
                                .roll(
                                        Deadlines.lastDay(ended, Span.days(Integer.parseInt(days))),
                                        rules.holds("weekends-roll")));
    }
}
