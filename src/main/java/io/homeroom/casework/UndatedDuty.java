package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Undated;
import io.homeroom.schedule.Calendars;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives deadlines their date as soon as the calendar that they wanted is there; they run from the day on which they began. */
@Component
class UndatedDuty implements Duty {

    private final Undated undated;
    private final Calendars calendars;
    private final CaseBook book;
    private final CaseDeadlines deadlines;
    private final Tasks tasks;

    UndatedDuty(Undated undated, Calendars calendars, CaseBook book, CaseDeadlines deadlines, Tasks tasks) {
        this.undated = undated;
        this.calendars = calendars;
        this.book = book;
        this.deadlines = deadlines;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "undated";
    }

    @Override
    public int order() {
        return 29; // before cases and tasks are looked at
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return undated.any() ? Optional.of(after.plusDays(1)) : Optional.empty();
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        for (Undated.Waiting waiting : undated.all()) {
            calendars.lastDayToAct(waiting.begun(), waiting.span()).ifPresent(due -> {
                date(waiting, due);
                undated.drop(waiting.kind(), waiting.id());
            });
        }
    }

    /** What has been done meanwhile, or has another date by now, keeps it. */
    private void date(Undated.Waiting waiting, LocalDate due) {
        switch (waiting.kind()) {
            case CASE ->
                book.find(waiting.id())
                        .filter(file -> !file.isOver() && file.due() == null)
                        .ifPresent(file -> {
                            file.due(due);
                            deadlines.plan(file);
                        });
            case TASK ->
                tasks.find(waiting.id())
                        .filter(task -> task.state() == Task.State.OPEN && task.due() == null)
                        .ifPresent(task -> tasks.postpone(task.id(), due, "system"));
        }
    }
}
