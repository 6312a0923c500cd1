package io.homeroom.notice;

import io.homeroom.desk.Tell;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes down, in the transaction of its cause, what somebody must be told. */
@Component
class Scribe {

    /** Begins the keys of what the nightly review tells. */
    private static final String NIGHT = "review:";

    /** Lets a passive reply arrive first. */
    private static final Duration BEHIND = Duration.ofSeconds(1);

    private final EntityManager entities;
    private final Addresses addresses;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final NoticeSettings settings;
    private final Outbox outbox;
    private final Undelivered undelivered;

    Scribe(
            EntityManager entities,
            Addresses addresses,
            BusinessClock clock,
            Calendars calendars,
            NoticeSettings settings,
            Outbox outbox,
            Undelivered undelivered) {
        this.entities = entities;
        this.addresses = addresses;
        this.clock = clock;
        this.calendars = calendars;
        this.settings = settings;
        this.outbox = outbox;
        this.undelivered = undelivered;
    }

    @EventListener
    @Transactional
    public void on(Tell tell) {
        if (tell.key() != null && isWritten(tell.key())) {
            return;
        }
        Addresses.Address address = gathered(tell, addresses.of(tell));
        Instant now = clock.instant();
        NoticeRow row = new NoticeRow(
                tell,
                address.to(),
                address.person(),
                address.channel(),
                address.at(),
                now,
                earliest(tell, address, now));
        entities.persist(row);
        if (settings.atOnce()) {
            row.delivered(now);
            return;
        }
        switch (address.channel()) {
            case WECHAT, WECOM, ROBOT -> pokeAfterCommit(isCard(tell) ? BEHIND : Duration.ZERO);
            case CONSOLE -> row.sent(now);
            case NONE -> {
                row.failed("没有绑定微信的联系人");
                undelivered.handToTeacher(row.view());
            }
            case DIGEST -> {
                // Waits for the morning.
            }
        }
    }

    /** What the night tells a class teacher of members waits for its morning, when it comes as one. */
    private static Addresses.Address gathered(Tell tell, Addresses.Address address) {
        String key = tell.key();
        boolean waits = address.channel() == Channel.WECOM
                && tell.memberId() != null
                && tell.urgency() != Tell.Urgency.NOW
                && key != null
                && key.startsWith(NIGHT);
        return waits ? new Addresses.Address(address.to(), address.person(), Channel.DIGEST, address.at()) : address;
    }

    /** A card that answers somebody: the words said at once, which introduce it, are read first. */
    private static boolean isCard(Tell tell) {
        return tell.about().equals("card");
    }

    /**
     * Reminders that the night sends of itself reach members on working days; what a person asks for, and every notice that
     * the bylaws oblige to, goes on its day.
     */
    private Instant earliest(Tell tell, Addresses.Address address, Instant now) {
        String key = tell.key();
        LocalDate day = clock.today();
        WorkCalendar calendar = calendars.current();
        boolean waits = address.channel() == Channel.WECHAT
                && tell.about().equals("reminder")
                && key != null
                && key.startsWith(NIGHT)
                && calendar.isRest(day);
        return waits
                ? calendar.roll(day)
                        .atTime(settings.quietTo())
                        .atZone(BusinessClock.ZONE)
                        .toInstant()
                : isCard(tell) ? now.plus(BEHIND) : now;
    }

    private boolean isWritten(String key) {
        return !entities.createQuery("select id from NoticeRow where noticeKey = :key", Long.class)
                .setParameter("key", key)
                .getResultList()
                .isEmpty();
    }

    private void pokeAfterCommit(Duration wait) {
        if (outbox.isAsleep()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                outbox.poke(wait);
            }
        });
    }
}
