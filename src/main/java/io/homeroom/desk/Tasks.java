package io.homeroom.desk;

import io.homeroom.ground.Money;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a person, in the association at work. */
@Service
@Transactional
public class Tasks {

    private final EntityManager entities;
    private final BusinessClock clock;
    private final Audit audit;
    private final ObjectProvider<TaskRule> rules;
    private final ApplicationEventPublisher events;

    /** The rules are asked for late: rooms above that hold them use this one. */
    Tasks(
            EntityManager entities,
            BusinessClock clock,
            Audit audit,
            ObjectProvider<TaskRule> rules,
            ApplicationEventPublisher events) {
        this.entities = entities;
        this.clock = clock;
        this.audit = audit;
        this.rules = rules;
        this.events = events;
    }

    /** Opens a task, or answers the one that was opened under the same key. */
    public Task open(NewTask task) {
        String key = task.key();
        if (key != null) {
            Optional<Task> there = byKey(key);
            if (there.isPresent()) {
                return there.get();
            }
        }
        TaskRow row = new TaskRow(task, clock.instant());
        entities.persist(row);
        return row.view();
    }

    /**
     * Finishes a task with the documents it asked for; refused if it is no longer open or a {@link TaskRule} objects.
     * Publishes {@link TaskDone}.
     */
    public Outcome<Task> done(long id, List<String> documents, String by) {
        TaskRow row = locked(id);
        if (!row.isOpen()) {
            return Outcome.refused("这项待办已经办结或取消");
        }
        Optional<Refusal> objection = rules.orderedStream()
                .map(rule -> rule.mayFinish(row.view(), documents))
                .flatMap(Optional::stream)
                .findFirst();
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        row.close(Task.State.DONE, documents, by, clock.instant());
        Task task = row.view();
        audit.note(by, "task-done", task.memberId(), task.text(), task.clauses().toArray(String[]::new));
        events.publishEvent(new TaskDone(task, by));
        return Outcome.done(task);
    }

    /** Takes an open task back, because its ground has gone; one that is done or cancelled stays as it is. */
    public Task cancel(long id, String by) {
        TaskRow row = locked(id);
        if (row.isOpen()) {
            row.close(Task.State.CANCELLED, List.of(), by, clock.instant());
            audit.note(by, "task-cancelled", row.view().memberId(), row.view().text());
        }
        return row.view();
    }

    /** Says an open task anew, when what it rests on has grown. */
    public Task amend(long id, String text, Map<String, String> data) {
        TaskRow row = locked(id);
        row.say(text, data);
        return row.view();
    }

    /** The money that an open task is about has changed. */
    public Task worth(long id, Money amount) {
        TaskRow row = locked(id);
        row.worth(amount);
        return row.view();
    }

    /** Moves an open task's last day. */
    public Task postpone(long id, @Nullable LocalDate due, String by) {
        TaskRow row = locked(id);
        row.due(due);
        audit.note(by, "task-postponed", row.view().memberId(), row.view().text() + (due == null ? "" : " → " + due));
        return row.view();
    }

    /** Gives a task to somebody else. */
    public Task hand(long id, String addressee, String by) {
        TaskRow row = locked(id);
        row.hand(addressee);
        audit.note(by, "task-handed", row.view().memberId(), row.view().text() + " → " + addressee);
        return row.view();
    }

    @Transactional(readOnly = true)
    public Optional<Task> find(long id) {
        return Optional.ofNullable(entities.find(TaskRow.class, id)).map(TaskRow::view);
    }

    /** The task opened under a key, whatever became of it. */
    @Transactional(readOnly = true)
    public Optional<Task> byKey(String key) {
        return entities.createQuery("from TaskRow where taskKey = :key", TaskRow.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .map(TaskRow::view);
    }

    /** Of these keys, those whose task is done. */
    @Transactional(readOnly = true)
    public Set<String> doneOf(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return entities
                .createQuery("select taskKey, state from TaskRow where taskKey in :keys", Object[].class)
                .setParameter("keys", keys)
                .getResultList()
                .stream()
                .filter(row -> Task.State.DONE.code().equals(row[1]))
                .map(row -> (String) row[0])
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A member's unfinished tasks, oldest first. */
    @Transactional(readOnly = true)
    public List<Task> open(long member) {
        return search(TaskSearch.unfinished().member(member).page(0, Integer.MAX_VALUE));
    }

    /** The earliest last day of an unfinished task that is {@code from} or later. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> nextDue(LocalDate from) {
        return Optional.ofNullable(entities.createQuery(
                        "select min(due) from TaskRow where state = 'open' and due >= :from", LocalDate.class)
                .setParameter("from", from)
                .getSingleResult());
    }

    /** The tasks of a kind and place that were done last, the latest first. */
    @Transactional(readOnly = true)
    public List<Task> lastDone(String what, String where, int most) {
        return entities.createQuery(
                        "from TaskRow where what = :what and place = :place and state = 'done' order by doneAt desc,"
                                + " id desc",
                        TaskRow.class)
                .setParameter("what", what)
                .setParameter("place", where)
                .setMaxResults(most)
                .getResultStream()
                .map(TaskRow::view)
                .toList();
    }

    /** A page of tasks, oldest first. */
    @Transactional(readOnly = true)
    public List<Task> search(TaskSearch search) {
        Where where = new Where(search, clock.today());
        TypedQuery<TaskRow> query = entities.createQuery(
                        "from TaskRow where id > :after" + where.text + " order by id", TaskRow.class)
                .setParameter("after", search.after())
                .setMaxResults(search.limit());
        where.values.forEach(query::setParameter);
        return query.getResultStream().map(TaskRow::view).toList();
    }

    /** How many there are; page and limit do not count. */
    @Transactional(readOnly = true)
    public int count(TaskSearch search) {
        Where where = new Where(search, clock.today());
        TypedQuery<Long> query =
                entities.createQuery("select count(*) from TaskRow where id > 0" + where.text, Long.class);
        where.values.forEach(query::setParameter);
        return Math.toIntExact(query.getSingleResult());
    }

    private TaskRow locked(long id) {
        TaskRow row = entities.find(TaskRow.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new IllegalArgumentException("No task " + id);
        }
        return row;
    }

    /** A search as a condition with its values. */
    private static final class Where {

        private final Map<String, Object> values = new HashMap<>();
        private String text = "";

        private Where(TaskSearch search, LocalDate today) {
            and("memberId = :member", "member", search.memberId());
            and("caseId = :matter", "matter", search.caseId());
            and("what = :what", "what", search.what());
            and("addressee = :addressee", "addressee", search.to());
            and("due <= :through", "through", search.dueThrough());
            String state = search.state();
            if (state == null) {
                return;
            }
            switch (state) {
                case "unfinished" -> and("state = :state", "state", "open");
                case "open" -> {
                    and("state = :state", "state", "open");
                    and("(due is null or due >= :today)", "today", today);
                }
                case "overdue" -> {
                    and("state = :state", "state", "open");
                    and("due < :today", "today", today);
                }
                case "done", "cancelled" -> and("state = :state", "state", state);
                default -> throw new IllegalArgumentException("No such state of tasks: " + state);
            }
        }

        private void and(String condition, String name, @Nullable Object value) {
            if (value != null) {
                text += " and " + condition;
                values.put(name, value);
            }
        }
    }
}
