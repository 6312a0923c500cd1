package io.homeroom.governance;

import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.MemberChanged;
import io.homeroom.member.Roster;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says that a post has fallen vacant when the ledger makes it so: at once, or on the day that was named ahead. */
@Component
class Vacancies {

    private final Roster roster;
    private final ApplicationEventPublisher events;

    Vacancies(Roster roster, ApplicationEventPublisher events) {
        this.roster = roster;
        this.events = events;
    }

    @EventListener
    void on(MemberChanged changed) {
        Entry entry = changed.entry();
        if (entry.kind() != EntryKind.POST_LOST) {
            return;
        }
        String post = entry.data().getOrDefault("post", "");
        // An entry that was annulled before its day takes nothing away.
        if (!roster.get(changed.member()).posts().contains(post)) {
            events.publishEvent(new PostLost(changed.member(), post));
        }
    }
}
