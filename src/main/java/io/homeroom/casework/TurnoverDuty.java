package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** On the first day of an edition: cases that are under way go on by it. */
@Component
class TurnoverDuty implements Duty {

    private final Turnover turnover;
    private final Lawbook law;

    TurnoverDuty(Turnover turnover, Lawbook law) {
        this.turnover = turnover;
        this.law = law;
    }

    @Override
    public String name() {
        return "turnover";
    }

    @Override
    public int order() {
        return 25;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return law.turn(after);
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        if (law.editions(Tenant.current()).stream()
                .anyMatch(edition -> edition.edition().from().equals(day))) {
            turnover.turn(law.of(day));
        }
    }
}
