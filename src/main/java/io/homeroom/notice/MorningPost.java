package io.homeroom.notice;

import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What the morning of the group and those of colleagues share: their days, their hour, and that each is written once. */
@Component
class MorningPost {

    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日 EEE", Locale.CHINA);

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final NoticeSettings settings;
    private final Outbox outbox;
    private final String baseUrl;

    MorningPost(
            EntityManager entities,
            TransactionTemplate transaction,
            BusinessClock clock,
            Calendars calendars,
            NoticeSettings settings,
            Outbox outbox,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String baseUrl) {
        this.entities = entities;
        this.transaction = transaction;
        this.clock = clock;
        this.calendars = calendars;
        this.settings = settings;
        this.outbox = outbox;
        this.baseUrl = baseUrl;
    }

    /** The working day on which the next is written; none where notices leave at once. */
    Optional<LocalDate> next(LocalDate after) {
        return settings.atOnce()
                ? Optional.empty()
                : Optional.of(calendars.current().roll(after.plusDays(1)));
    }

    /** Writes in one transaction, and wakes the post. */
    void write(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
        if (!outbox.isAsleep()) {
            outbox.poke();
        }
    }

    boolean isWritten(String key) {
        return !entities.createQuery("select id from NoticeRow where noticeKey = :key", Long.class)
                .setParameter("key", key)
                .getResultList()
                .isEmpty();
    }

    /** When the morning of a day is sent. */
    Instant hour(LocalDate day) {
        return day.atTime(settings.digestAt()).atZone(BusinessClock.ZONE).toInstant();
    }

    Instant now() {
        return clock.instant();
    }

    String console() {
        return baseUrl + "/console";
    }
}
