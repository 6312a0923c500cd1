package io.homeroom.portal;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The first of each month: the roster goes out anew, once a person has published it for the first time (WHJX-9-2). */
@Component
class RosterDuty implements Duty {

    private final Noticeboard noticeboard;

    RosterDuty(Noticeboard noticeboard) {
        this.noticeboard = noticeboard;
    }

    @Override
    public String name() {
        return "roster";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return noticeboard.renews() ? Optional.of(after.withDayOfMonth(1).plusMonths(1)) : Optional.empty();
    }

    @Override
    public void run(LocalDate day) {
        if (day.getDayOfMonth() == 1 && noticeboard.renews()) {
            noticeboard.publish("system");
        }
    }
}
