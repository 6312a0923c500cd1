package io.homeroom.casework;

import io.homeroom.schedule.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Finishes, within a minute, what was cut off between the close of a ballot and its effect. */
@Component
class BallotTicker implements Ticker {

    private final Ballots ballots;

    BallotTicker(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public String name() {
        return "ballots";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void tick() {
        ballots.tick();
    }
}
