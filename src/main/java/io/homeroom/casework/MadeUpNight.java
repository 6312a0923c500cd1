package io.homeroom.casework;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.NightRun;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A night that is made up in daytime comes too late for the morning's line: what it handed on is told at its end, together
 * for each who must act.
 */
@Component
@Transactional
class MadeUpNight {

    private final CaseBook book;
    private final Handovers handovers;
    private final Lawbook law;
    private final BusinessClock clock;

    MadeUpNight(CaseBook book, Handovers handovers, Lawbook law, BusinessClock clock) {
        this.book = book;
        this.handovers = handovers;
        this.law = law;
        this.clock = clock;
    }

    @EventListener
    void over(NightRun run) {
        if (!clock.now().toLocalTime().isBefore(Handovers.DAYBREAK)) {
            handovers.madeUp(
                    law.of(clock.today()), book.handedSince(clock.today().minusDays(1)));
        }
    }
}
