package io.homeroom.casework;

import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Deadlines;
import io.homeroom.ground.Span;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.TaskRule;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Duty;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Each day: whoever has let a task's last day pass is told, once; and so is whoever leaves a task undone that has no last
 * day but harms by its delay, as the announcement that a bar runs from (BACCA-40-b).
 */
@Component
class TaskDuty implements Duty {

    private static final int BATCH = 200;

    private final Lawbook law;
    private final Tasks tasks;
    private final Assignments assignments;
    private final ApplicationEventPublisher events;

    TaskDuty(Lawbook law, Tasks tasks, Assignments assignments, ApplicationEventPublisher events) {
        this.law = law;
        this.tasks = tasks;
        this.assignments = assignments;
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
        Optional<LocalDate> due = tasks.nextDue(after).map(day -> day.plusDays(1));
        return Stream.concat(due.stream(), alerts(after).keySet().stream().filter(day -> day.isAfter(after)))
                .min(LocalDate::compareTo);
    }

    /** Tasks without a last day that are undone, by the day on which that is told. */
    private Map<LocalDate, List<Late>> alerts(LocalDate day) {
        Map<LocalDate, List<Late>> late = new TreeMap<>();
        for (TaskRule rule : harmful(law.of(day))) {
            Span alert = rule.alert();
            if (alert == null) {
                continue;
            }
            for (Task task :
                    tasks.search(TaskSearch.unfinished().what(rule.what()).page(0, BATCH))) {
                if (task.due() == null && task.clauses().equals(rule.cite())) {
                    LocalDate opened = LocalDate.ofInstant(task.openedAt(), BusinessClock.ZONE);
                    late.computeIfAbsent(Deadlines.lastDay(opened, alert).plusDays(1), d -> new ArrayList<>())
                            .add(new Late(task, rule));
                }
            }
        }
        return late;
    }

    private record Late(Task task, TaskRule rule) {}

    private static List<TaskRule> harmful(Rulebook book) {
        return book.on().values().stream()
                .flatMap(List::stream)
                .map(Act::task)
                .filter(Objects::nonNull)
                .filter(rule -> rule.alert() != null)
                .distinct()
                .toList();
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
                if (task.what().equals(Assignments.TASK)) {
                    assignments.late(task);
                }
            }
        } while (late.size() == BATCH);
        alerts(day).forEach((on, undone) -> {
            if (!on.isAfter(day)) {
                undone.forEach(one -> events.publishEvent(Tell.of(
                                one.task().to(),
                                one.task().memberId(),
                                "overdue-task",
                                "尚未办结：" + one.task().text() + "，拖延会延长有关期限，请尽快办理")
                        .cites(one.rule().alertCite())
                        .once("task:" + one.task().id() + ":alert")));
            }
        });
    }
}
