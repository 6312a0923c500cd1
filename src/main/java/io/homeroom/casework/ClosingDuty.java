package io.homeroom.casework;

import io.homeroom.governance.BallotBox;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * A vote that ended on the day before is counted before anything else of the new day holds: a recess that begins now does
 * not undo what was lawfully decided.
 */
@Component
class ClosingDuty implements Duty {

    private final BallotBox box;
    private final Ballots ballots;

    ClosingDuty(BallotBox box, Ballots ballots) {
        this.box = box;
        this.ballots = ballots;
    }

    @Override
    public String name() {
        return "closing";
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return box.running().isEmpty() ? Optional.empty() : Optional.of(after.plusDays(1));
    }

    @Override
    public void run(LocalDate day) {
        ballots.tick();
    }
}
