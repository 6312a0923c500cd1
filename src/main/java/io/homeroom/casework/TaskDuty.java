package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Each day: whoever has let a task's last day pass is told, once. */
@Component
class TaskDuty implements Duty {

    private static final int BATCH = 200;

    private final Tasks tasks;
    private final ApplicationEventPublisher events;

    TaskDuty(Tasks tasks, ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.events = events;
    }

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<LocalDate> next(LocalDate after) {
        return tasks.nextDue(after).map(due -> due.plusDays(1));
    }

    @Override
    @Transactional
    public void run(LocalDate day) {
        LocalDate yesterday = day.minusDays(1);
        long after = 0;
        List<Task> late;
        do {
            late = tasks.search(TaskSearch.unfinished().dueThrough(yesterday).page(after, BATCH));
            for (Task task : late) {
                after = task.id();
                events.publishEvent(Tell.of(task.to(), task.memberId(), "overdue-task", "超期：" + task.text())
                        .cites(task.clauses())
                        .once("task:" + task.id() + ":overdue"));
            }
        } while (late.size() == BATCH);
    }
}
