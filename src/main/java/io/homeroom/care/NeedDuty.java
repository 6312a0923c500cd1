package io.homeroom.care;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Each day: needs without a last day get it once their calendar is there, and those not answered in time go to the secretariat's notice. */
@Component
class NeedDuty implements Duty {

    private final Needs needs;

    NeedDuty(Needs needs) {
        this.needs = needs;
    }

    @Override
    public String name() {
        return "needs";
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return needs.undated() ? Optional.of(after.plusDays(1)) : needs.nextLate(after);
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        needs.date();
        needs.escalate(day);
    }
}
