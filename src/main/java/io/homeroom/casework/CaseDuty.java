package io.homeroom.casework;

import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Each day: cases whose deadline comes near or has passed. */
@Component
class CaseDuty implements Duty {

    private final CaseBook book;
    private final Progress progress;
    private final Turnover turnover;
    private final Verdicts verdicts;
    private final Lawbook law;

    CaseDuty(CaseBook book, Progress progress, Turnover turnover, Verdicts verdicts, Lawbook law) {
        this.book = book;
        this.progress = progress;
        this.turnover = turnover;
        this.verdicts = verdicts;
        this.law = law;
    }

    @Override
    public String name() {
        return "cases";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return book.nextWake().map(day -> day.isAfter(after) ? day : after.plusDays(1));
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        for (CaseRow file : book.toWake(day)) {
            if (!turnover.ended(law.of(day), file) && !verdicts.consented(law.of(day), file, day)) {
                progress.wake(law.of(day), file, day);
            }
        }
    }
}
