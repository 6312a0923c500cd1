package io.homeroom.governance;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What was recorded of a body for this day holds from its beginning, before anything is judged or decided. */
@Component
class BodyDuty implements Duty {

    private final BodyPlans plans;

    BodyDuty(BodyPlans plans) {
        this.plans = plans;
    }

    @Override
    public String name() {
        return "bodies";
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return plans.next(after);
    }

    @Override
    public void run(LocalDate day) {
        plans.takeEffect(day);
    }
}
