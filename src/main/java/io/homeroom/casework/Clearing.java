package io.homeroom.casework;

import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What strangers left is not kept for ever: drafts that nobody finished, papers of applications that came to nothing,
 * counts of other days.
 */
@Component
class Clearing implements Duty {

    private final Drafts drafts;
    private final Enclosures enclosures;
    private final Attempts attempts;
    private final int keepRefusedDays;

    Clearing(
            Drafts drafts,
            Enclosures enclosures,
            Attempts attempts,
            @Value("${homeroom.applications.keep-refused-days:180}") int keepRefusedDays) {
        this.drafts = drafts;
        this.enclosures = enclosures;
        this.attempts = attempts;
        this.keepRefusedDays = keepRefusedDays;
    }

    @Override
    public String name() {
        return "applications-clear";
    }

    @Override
    public int order() {
        return 910;
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        drafts.forget(day);
        enclosures.removeRefusedBefore(day.minusDays(keepRefusedDays));
        attempts.forgetBefore(day);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return Stream.of(
                        drafts.nextToForget(),
                        enclosures.oldestRefused().map(day -> day.plusDays(keepRefusedDays + 1L)),
                        attempts.oldest().map(day -> day.plusDays(1)))
                .flatMap(Optional::stream)
                .min(LocalDate::compareTo)
                .map(due -> due.isAfter(after) ? due : after.plusDays(1));
    }
}
