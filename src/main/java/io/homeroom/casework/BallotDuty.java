package io.homeroom.casework;

import io.homeroom.governance.BallotBox;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Each day on which meetings are planned or ballots run: agendas are filled and the silent reminded. */
@Component
class BallotDuty implements Duty {

    private final BallotBox box;
    private final Ballots ballots;
    private final Sittings sittings;
    private final Agenda agenda;
    private final TransactionTemplate transaction;

    BallotDuty(
            BallotBox box,
            Ballots ballots,
            Sittings sittings,
            Agenda agenda,
            org.springframework.transaction.PlatformTransactionManager transactions) {
        this.box = box;
        this.ballots = ballots;
        this.sittings = sittings;
        this.agenda = agenda;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public String name() {
        return "ballots";
    }

    @Override
    public int order() {
        return 35;
    }

    @Override
    public Optional<LocalDate> next(LocalDate after) {
        return box.running().isEmpty() && sittings.planned().isEmpty()
                ? Optional.empty()
                : Optional.of(after.plusDays(1));
    }

    @Override
    public void run(LocalDate day) {
        transaction.executeWithoutResult(status -> {
            ballots.remind(day);
            for (Sitting sitting : sittings.planned()) {
                agenda.fill(sitting.id());
                if (sitting.day().minusDays(1).equals(day)) {
                    sittings.remind(sitting);
                }
            }
        });
    }
}
