package io.homeroom.liaison;

import io.homeroom.member.SpeakerRule;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import org.springframework.stereotype.Component;

/** Who speaks for a unit, as the bylaws are read today (IGRS-18-k, DSIA-3-5). */
@Component
class Speakers implements SpeakerRule {

    private final Lawbook law;
    private final BusinessClock clock;

    Speakers(Lawbook law, BusinessClock clock) {
        this.law = law;
        this.clock = clock;
    }

    @Override
    public boolean onePerson() {
        return law.of(clock.today()).onePerson();
    }
}
