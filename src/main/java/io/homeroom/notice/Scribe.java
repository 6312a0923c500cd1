package io.homeroom.notice;

import io.homeroom.desk.Tell;
import io.homeroom.ground.WorkCalendar;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import jakarta.persistence.EntityManager;
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
        Addresses.Address address = addresses.of(tell);
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
            case WECHAT, WECOM, ROBOT -> pokeAfterCommit();
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
                && key.startsWith("review:")
                && calendar.isRest(day);
        return waits
                ? calendar.roll(day)
                        .atTime(settings.quietTo())
                        .atZone(BusinessClock.ZONE)
                        .toInstant()
                : now;
    }

    private boolean isWritten(String key) {
        return !entities.createQuery("select id from NoticeRow where noticeKey = :key", Long.class)
                .setParameter("key", key)
                .getResultList()
                .isEmpty();
    }

    private void pokeAfterCommit() {
        if (outbox.isAsleep()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                outbox.poke();
            }
        });
    }
}
