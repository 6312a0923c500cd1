package io.homeroom.care;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskRule;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Members' needs and requests. Each has an owner (the class teacher, else the secretariat) and a last day; one that is
 * late goes to the secretariat's notice once; an answer goes to the member, which may rate it.
 */
@Service
@Transactional
public class Needs implements TaskRule {

    /** Of the task that a need makes. */
    public static final String WHAT = "need";

    private static final String SECRETARIAT = "秘书处";
    private static final Span TIME = new Span(5, Span.Unit.WORKDAYS);
    private static final int LONGEST = 1000;
    private static final int MOST_OPEN = 10;
    private static final String SHOWN =
            "select id, member_id, said, owner, opened_on, due_on, escalated_on, answered_on,"
                    + " answer, rating, task_id from need where association_id = :association";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Roster roster;
    private final Classes classes;
    private final Tasks tasks;
    private final Audit audit;
    private final Lawbook law;
    private final Calendars calendars;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Needs(
            JdbcClient jdbc,
            Lockbox lockbox,
            Roster roster,
            Classes classes,
            Tasks tasks,
            Audit audit,
            Lawbook law,
            Calendars calendars,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.roster = roster;
        this.classes = classes;
        this.tasks = tasks;
        this.audit = audit;
        this.law = law;
        this.calendars = calendars;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Takes a need down and gives it to its owner. The same words of the same member, open already, are the same need.
     *
     * @param by who brings it: {@code member:ID}, or a username
     */
    public Outcome<Need> raise(long memberId, String words, String by) {
        String said = words.strip();
        if (said.isEmpty()) {
            return Outcome.refused("请写明诉求，例如「诉求 想了解高企申报政策」");
        }
        if (said.length() > LONGEST) {
            return Outcome.refused("最多" + LONGEST + "个字，请写要点，细节班主任会联系你");
        }
        List<Need> open = of(memberId).stream().filter(Need::isOpen).toList();
        Optional<Need> same =
                open.stream().filter(need -> need.said().equals(said)).findFirst();
        if (same.isPresent()) {
            return Outcome.done(same.get());
        }
        if (open.size() >= MOST_OPEN) {
            return Outcome.refused("已有" + MOST_OPEN + "件诉求在办，请等其中一件答复后再提");
        }
        Member member = roster.get(memberId);
        Optional<StaffMember> teacher = classes.teacherOf(memberId);
        String owner = teacher.map(StaffMember::address).orElse(SECRETARIAT);
        LocalDate today = clock.today();
        LocalDate due = calendars.lastDayToAct(today, TIME).orElse(null);
        List<String> clauses = clauses();
        long id = Ids.next();
        Task task = tasks.open(NewTask.of(WHAT, owner, "答复“" + member.name() + "”的诉求：" + cut(said, 60))
                .about(memberId)
                .due(due)
                .cites(clauses)
                .with(java.util.Map.of("need", Long.toString(id)))
                .once("need:" + id));
        jdbc.sql("insert into need (association_id, id, member_id, said, raised_by, owner, opened_on, due_on, task_id)"
                        + " values (:association, :id, :member, :said, :by, :owner, :opened, :due, :task)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", memberId)
                .param("said", lockbox.seal(said))
                .param("by", by)
                .param("owner", owner)
                .param("opened", today)
                .param("due", due, java.sql.Types.DATE)
                .param("task", task.id())
                .update();
        audit.note(by, "need-raised", memberId, "提出诉求", clauses.toArray(String[]::new));
        events.publishEvent(Tell.of("teacher", memberId, "need", member.name() + "提出诉求：" + cut(said, 80))
                .cites(clauses)
                .once("need:" + id + ":teacher"));
        if (teacher.isPresent()) {
            // A copy, without the words: the office's group reads along.
            events.publishEvent(Tell.of(
                            SECRETARIAT,
                            memberId,
                            "need",
                            member.name() + "提出一件诉求，已交班主任" + teacher.get().name())
                    .cites(clauses)
                    .once("need:" + id + ":copy"));
        }
        return Outcome.done(find(id).orElseThrow());
    }

    private List<String> clauses() {
        Rulebook.Teacher rule = law.of(clock.today()).teacher();
        return rule == null ? List.of() : rule.cite();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }

    /** Answers a need: its task is done, and the member hears what came of it and how to rate it. */
    public Outcome<Need> answer(long id, String words, String by) {
        Need need = locked(id);
        String answer = words.strip();
        if (!need.isOpen()) {
            return Outcome.refused("这件诉求已经答复过了");
        }
        if (answer.isEmpty() || answer.length() > LONGEST) {
            return Outcome.refused("请写明办理结果（最多" + LONGEST + "个字），会员会看到");
        }
        LocalDate today = clock.today();
        jdbc.sql("update need set answered_on = :day, answered_by = :by, answer = :answer"
                        + " where association_id = :association and id = :id")
                .param("day", today)
                .param("by", by)
                .param("answer", lockbox.seal(answer))
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        if (tasks.find(need.taskId())
                .filter(task -> task.state() == Task.State.OPEN)
                .isPresent()) {
            tasks.done(need.taskId(), List.of(), by).get();
        }
        audit.note(by, "need-answered", need.memberId(), "答复诉求");
        events.publishEvent(Tell.of(
                        "member",
                        need.memberId(),
                        "need",
                        "你们的诉求「" + cut(need.said(), 30) + "」有结果了：" + cut(answer, 200) + "。请在「会员服务 → 诉求」里评价满意、一般或不满意。")
                .cites(clauses())
                .with(Map.of("title", "诉求有结果，请评价", "url", "/m/" + Tenant.current() + "/needs"))
                .once("need:" + id + ":answered"));
        return Outcome.done(find(id).orElseThrow());
    }

    /** Notes what the member thinks of an answer; it may think again. A bad word reaches the secretariat. */
    public Outcome<Need> rate(long id, long memberId, Need.Rating rating) {
        Need need = locked(id);
        if (need.memberId() != memberId) {
            return Outcome.refused("没有这件诉求");
        }
        if (need.isOpen()) {
            return Outcome.refused("这件诉求还没有答复，答复后再评价");
        }
        jdbc.sql("update need set rating = :rating where association_id = :association and id = :id")
                .param("rating", rating.code())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note("member:" + memberId, "need-rated", memberId, "评价：" + rating.word());
        if (rating == Need.Rating.POOR) {
            events.publishEvent(
                    Tell.of(SECRETARIAT, memberId, "need", roster.get(memberId).name() + "对一件诉求的答复不满意，请跟进")
                            .cites(clauses())
                            .once("need:" + id + ":poor"));
        }
        return Outcome.done(find(id).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Optional<Need> find(long id) {
        return jdbc.sql(SHOWN + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional();
    }

    private Need locked(long id) {
        return jdbc.sql(SHOWN + " and id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No need " + id));
    }

    /** A member's needs, newest first. */
    @Transactional(readOnly = true)
    public List<Need> of(long memberId) {
        return jdbc.sql(SHOWN + " and member_id = :member order by id desc limit 100")
                .param("association", Tenant.current())
                .param("member", memberId)
                .query((row, n) -> shown(row))
                .list();
    }

    /** Needs of all members: the open ones by age, or the answered ones, newest first. */
    @Transactional(readOnly = true)
    public List<Need> all(boolean open, int limit) {
        return jdbc.sql(SHOWN
                        + (open
                                ? " and answered_on is null order by id limit :limit"
                                : " and answered_on is not null order by id desc limit :limit"))
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> shown(row))
                .list();
    }

    private Need shown(ResultSet row) throws SQLException {
        String answer = row.getString("answer");
        String rating = row.getString("rating");
        return new Need(
                row.getLong("id"),
                row.getLong("member_id"),
                lockbox.open(row.getString("said")),
                row.getString("owner"),
                row.getObject("opened_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getObject("escalated_on", LocalDate.class),
                row.getObject("answered_on", LocalDate.class),
                answer == null ? null : lockbox.open(answer),
                rating(rating),
                row.getLong("task_id"));
    }

    private static Need.@Nullable Rating rating(@Nullable String code) {
        return Arrays.stream(Need.Rating.values())
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The first day later than {@code after} on which a need is late that nobody was told of. */
    Optional<LocalDate> nextLate(LocalDate after) {
        return jdbc.sql("select min(due_on) as due from need where association_id = :association"
                        + " and answered_on is null and escalated_on is null")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("due", LocalDate.class)))
                .single()
                .map(due -> due.plusDays(1))
                .map(day -> day.isAfter(after) ? day : after.plusDays(1));
    }

    /** Whether an open need has no last day yet, because a calendar is missing. */
    boolean undated() {
        return !withoutDay().isEmpty();
    }

    private List<Need> withoutDay() {
        return jdbc.sql(SHOWN + " and answered_on is null and due_on is null order by id limit 200")
                .param("association", Tenant.current())
                .query((row, n) -> shown(row))
                .list();
    }

    /** Gives needs their last day once the calendar is there, counted from the day on which they were raised. */
    void date() {
        for (Need need : withoutDay()) {
            calendars.lastDayToAct(need.openedOn(), TIME).ifPresent(due -> {
                jdbc.sql("update need set due_on = :due where association_id = :association and id = :id")
                        .param("due", due)
                        .param("association", Tenant.current())
                        .param("id", need.id())
                        .update();
                tasks.postpone(need.taskId(), due, "system");
            });
        }
    }

    /** Tells the secretariat of needs that are late, each once. */
    void escalate(LocalDate day) {
        List<Need> late = jdbc.sql(SHOWN
                        + " and answered_on is null and escalated_on is null and due_on < :day order by id limit 200")
                .param("association", Tenant.current())
                .param("day", day)
                .query((row, n) -> shown(row))
                .list();
        for (Need need : late) {
            jdbc.sql("update need set escalated_on = :day where association_id = :association and id = :id")
                    .param("day", day)
                    .param("association", Tenant.current())
                    .param("id", need.id())
                    .update();
            events.publishEvent(Tell.of(
                            SECRETARIAT,
                            need.memberId(),
                            "need",
                            roster.get(need.memberId()).name() + "的诉求到" + need.due() + "没有答复，请督办")
                    .cites(clauses())
                    .once("need:" + need.id() + ":late"));
        }
    }

    /** A need is done with an answer that the member can read, not with a tick. */
    @Override
    public Optional<Refusal> mayFinish(Task task, List<String> documents) {
        String need = task.data().get("need");
        if (!task.what().equals(WHAT) || need == null) {
            return Optional.empty();
        }
        return find(Long.parseLong(need)).filter(Need::isOpen).isPresent()
                ? Optional.of(new Refusal("请在「服务 → 诉求」里写明办理结果，会员会看到"))
                : Optional.empty();
    }
}
