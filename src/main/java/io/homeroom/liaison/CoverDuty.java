package io.homeroom.liaison;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** On the first day of a cover the members of the class hear who stands in. */
@Component
class CoverDuty implements Duty {

    private final Covers covers;

    CoverDuty(Covers covers) {
        this.covers = covers;
    }

    @Override
    public String name() {
        return "covers";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return covers.nextBeginning(after);
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        covers.begin(day);
    }
}
