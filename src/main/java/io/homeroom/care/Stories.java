package io.homeroom.care;

import io.homeroom.casework.Rights;
import io.homeroom.casework.Scan;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** News and portraits that members hand in for the association's channels: a queue of review, each accepted or returned. */
@Service
@Transactional
public class Stories {

    /** Most pictures of one. */
    public static final int PICTURES = 9;

    private static final String WHAT = "publicity";
    private static final int LONGEST = 5000;
    private static final String SHOWN =
            "select id, member_id, title, body, state, reason, submitted_on, task_id from story"
                    + " where association_id = :association";

    private final JdbcClient jdbc;
    private final Pictures pictures;
    private final Rights rights;
    private final Tasks tasks;
    private final Audit audit;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Stories(
            JdbcClient jdbc,
            Pictures pictures,
            Rights rights,
            Tasks tasks,
            Audit audit,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.pictures = pictures;
        this.rights = rights;
        this.tasks = tasks;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /** Takes one in, if the bylaws give this member publicity; the reviewer gets a task. */
    public Outcome<Story> submit(long memberId, String heading, String words, List<byte[]> uploads) {
        String title = heading.strip();
        String body = words.strip();
        if (title.isEmpty() || title.length() > 60) {
            return Outcome.refused("请写标题，最多60个字");
        }
        if (body.isEmpty() || body.length() > LONGEST) {
            return Outcome.refused("请写正文，最多" + LONGEST + "个字");
        }
        if (uploads.size() > PICTURES) {
            return Outcome.refused("最多" + PICTURES + "张图片");
        }
        List<Scan> scans = new ArrayList<>();
        for (byte[] upload : uploads) {
            Outcome<Scan> scan = Pictures.look(upload);
            if (scan instanceof Outcome.Refused<Scan> refused) {
                return Outcome.refused(refused.refusal());
            }
            scans.add(scan.get());
        }
        Outcome<Integer> allowed = rights.use(memberId, WHAT, title, 1, "member:" + memberId);
        if (allowed instanceof Outcome.Refused<Integer> refused) {
            return Outcome.refused(refused.refusal());
        }
        Long task = tasks
                .search(TaskSearch.unfinished().member(memberId).what(WHAT).page(0, 500))
                .stream()
                .max(Comparator.comparing(Task::id))
                .map(Task::id)
                .orElse(null);
        long id = Ids.next();
        jdbc.sql("insert into story (association_id, id, member_id, title, body, state, reason, submitted_on, task_id)"
                        + " values (:association, :id, :member, :title, :body, 'waiting', '', :day, :task)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", memberId)
                .param("title", title)
                .param("body", body)
                .param("day", clock.today())
                .param("task", task, java.sql.Types.BIGINT)
                .update();
        scans.forEach(scan -> pictures.keep(scan, id));
        return Outcome.done(find(id).orElseThrow());
    }

    /** Accepts one, or returns it with a reason; the member hears which. */
    public Outcome<Story> settle(long id, boolean accepted, String why, String by) {
        Story story = rows(" and id = :id for update")
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No story " + id));
        String reason = why.strip();
        if (story.state() != Story.State.WAITING) {
            return Outcome.refused("这份材料已经审过了");
        }
        if (!accepted && (reason.isEmpty() || reason.length() > 500)) {
            return Outcome.refused("退回请写明原因（最多500个字），会员会看到");
        }
        jdbc.sql("update story set state = :state, reason = :reason, settled_on = :day"
                        + " where association_id = :association and id = :id")
                .param("state", accepted ? "accepted" : "returned")
                .param("reason", accepted ? "" : reason)
                .param("day", clock.today())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        Long task = story.taskId();
        if (task != null
                && tasks.find(task)
                        .filter(one -> one.state() == Task.State.OPEN)
                        .isPresent()) {
            Outcome<Task> done = tasks.done(task, List.of(), by);
            if (done instanceof Outcome.Refused<Task> refused) {
                throw new IllegalStateException("A review that cannot be finished: " + refused.refusal());
            }
        }
        audit.note(by, "story-settled", story.memberId(), (accepted ? "采用：" : "退回：") + story.title());
        events.publishEvent(Tell.of(
                        "member",
                        story.memberId(),
                        WHAT,
                        accepted
                                ? "你们提交的《" + story.title() + "》已采用，会安排发布。"
                                : "你们提交的《" + story.title() + "》没有采用，原因：" + reason + "。修改后可以再提交。")
                .once("story:" + id));
        return Outcome.done(find(id).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Optional<Story> find(long id) {
        return rows(" and id = :id")
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional();
    }

    /** A member's, newest first. */
    @Transactional(readOnly = true)
    public List<Story> of(long memberId) {
        return rows(" and member_id = :member order by id desc limit 50")
                .param("member", memberId)
                .query((row, n) -> shown(row))
                .list();
    }

    /** Those that wait for review, oldest first. */
    @Transactional(readOnly = true)
    public List<Story> waiting(int limit) {
        return rows(" and state = 'waiting' order by id limit :limit")
                .param("limit", limit)
                .query((row, n) -> shown(row))
                .list();
    }

    private JdbcClient.StatementSpec rows(String where) {
        return jdbc.sql(SHOWN + where).param("association", Tenant.current());
    }

    private static Story shown(ResultSet row) throws SQLException {
        long task = row.getLong("task_id");
        Long taskId = row.wasNull() ? null : task;
        return new Story(
                row.getLong("id"),
                row.getLong("member_id"),
                row.getString("title"),
                row.getString("body"),
                Story.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getObject("submitted_on", LocalDate.class),
                taskId);
    }
}
