package io.homeroom.member;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** First thing in the day: ledger entries dated ahead come into effect, and sanctions end after their last day. */
@Component
class Waking implements Duty {

    private static final int BATCH = 200;

    private final Roster roster;

    Waking(Roster roster) {
        this.roster = roster;
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public void run(LocalDate day) {
        List<Long> members;
        do {
            members = roster.waking(day, BATCH);
            members.forEach(member -> roster.wake(member, day));
        } while (members.size() == BATCH);
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return roster.nextWaking(after);
    }
}
