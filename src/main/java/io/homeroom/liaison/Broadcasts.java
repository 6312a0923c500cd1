package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages to class groups (WHJX-8-3). What is queued here becomes a task in WeCom, which the teacher confirms in the
 * client; only then it is sent. Money that members owe is never spoken of in a group.
 */
@Service
@Transactional
public class Broadcasts {

    /** WeCom's limit for the text of such a task, in bytes of UTF-8. */
    static final int BYTES = 4000;

    private static final Pattern OWING = Pattern.compile("欠费|欠款|欠缴|催缴|拖欠|逾期|未缴|未交|没缴|没交|还没付|未付|尚未到账|欠[¥￥\\d]");

    private static final String COLUMNS = "select id, staff_id, chat_id, sender, body, state, made_at, attempts,"
            + " message_id, why, reached, missing from broadcast where association_id = :association";

    private final JdbcClient jdbc;
    private final Groups groups;
    private final Audit audit;
    private final BusinessClock clock;
    private final Clock wire;
    private final ApplicationEventPublisher events;

    Broadcasts(
            JdbcClient jdbc,
            Groups groups,
            Audit audit,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wire,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.groups = groups;
        this.audit = audit;
        this.clock = clock;
        this.wire = wire;
        this.events = events;
    }

    /** What would be sent: to which group, how many of the class see it, and who is missing there. */
    public record Preview(Group group, Groups.Attendance attendance) {}

    /**
     * Looks at what a broadcast would do. Refused for an empty or too long text, one that speaks of money owed, and where
     * the teacher has no group.
     */
    @Transactional(readOnly = true)
    public Outcome<Preview> preview(StaffMember teacher, String text) {
        if (text.isBlank()) {
            return Outcome.refused("要群发什么？例如「群发 明天下午三点年会签到」");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES) {
            return Outcome.refused("太长了：群发最多" + BYTES / 3 + "个汉字，请删短，或只发要点和链接");
        }
        if (OWING.matcher(text).find()) {
            return Outcome.refused("欠费的事不在群里说。请用「提醒 全部」一家一家私下提醒", "WHJX-8-5a");
        }
        if (teacher.wecomUserId() == null) {
            return Outcome.refused("你的账号没有登记企业微信成员，不能群发");
        }
        List<Group> own = groups.of(teacher.id());
        if (own.isEmpty()) {
            return Outcome.refused("没有找到你的班级群。请在企业微信里建一个客户群（你是群主），十分钟内会自动认出来");
        }
        return Outcome.done(new Preview(own.get(0), groups.attendance(teacher.id())));
    }

    /** Queues it. The same text to the same group on the same day is queued once. */
    public Outcome<Broadcast> send(StaffMember teacher, String text) {
        Outcome<Preview> seen = preview(teacher, text);
        if (seen instanceof Outcome.Refused<Preview> refused) {
            return Outcome.refused(refused.refusal());
        }
        Preview preview = seen.get();
        jdbc.sql("select id from staff where association_id = :association and id = :id for update")
                .param("association", Tenant.current())
                .param("id", teacher.id())
                .query(Long.class)
                .optional();
        Instant morning = clock.today().atStartOfDay(BusinessClock.ZONE).toInstant();
        Optional<Broadcast> before = of(teacher.id(), 20).stream()
                .filter(other -> other.text().equals(text)
                        && !other.madeAt().isBefore(morning)
                        && other.state() != Broadcast.State.FAILED)
                .findFirst();
        if (before.isPresent()) {
            return Outcome.done(before.get());
        }
        long id = Ids.next();
        jdbc.sql("insert into broadcast (association_id, id, staff_id, chat_id, sender, body, state, made_at, attempts,"
                        + " retry_at, why, reached, missing) values (:association, :id, :staff, :chat, :sender, :body,"
                        + " 'queued', :at, 0, :retry, '', :reached, :missing)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("staff", teacher.id())
                .param("chat", preview.group().chatId())
                .param("sender", teacher.wecomUserId())
                .param("body", text)
                .param("at", utc(clock.instant()))
                .param("retry", utc(wire.instant()))
                .param("reached", preview.attendance().there().size())
                .param("missing", preview.attendance().missing().size())
                .update();
        audit.note(teacher.username(), "broadcast", null, preview.group().name() + "：" + text);
        return Outcome.done(find(id).orElseThrow());
    }

    /** A teacher's latest broadcasts. */
    @Transactional(readOnly = true)
    public List<Broadcast> of(long staffId, int limit) {
        return jdbc.sql(COLUMNS + " and staff_id = :staff order by id desc limit :limit")
                .param("association", Tenant.current())
                .param("staff", staffId)
                .param("limit", limit)
                .query(Broadcasts::read)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Broadcast> find(long id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query(Broadcasts::read)
                .optional();
    }

    // ---- the way out, step by step; each its own transaction

    /** The next one that may be handed to WeCom, marked as tried; a mark that stays is an open question. */
    Optional<Broadcast> take() {
        Optional<Broadcast> next = jdbc.sql(COLUMNS
                        + " and state = 'queued' and retry_at <= :now order by id limit 1 for update skip locked")
                .param("association", Tenant.current())
                .param("now", utc(wire.instant()))
                .query(Broadcasts::read)
                .optional();
        next.ifPresent(broadcast -> jdbc.sql("update broadcast set state = 'tried', attempts = attempts + 1,"
                        + " retry_at = :until where association_id = :association and id = :id")
                .param("until", utc(wire.instant().plus(Duration.ofMinutes(2))))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update());
        return next;
    }

    /** Tasks of this process or another that were cut off while handing over: nobody knows whether WeCom has them. */
    List<Broadcast> cutOff() {
        return jdbc.sql(COLUMNS + " and state = 'tried' and retry_at <= :now order by id")
                .param("association", Tenant.current())
                .param("now", utc(wire.instant()))
                .query(Broadcasts::read)
                .list();
    }

    /** Those that wait for the confirmation in the client, from the last month. */
    @Transactional(readOnly = true)
    List<Broadcast> waiting() {
        return jdbc.sql(COLUMNS + " and state = 'waiting' and made_at > :since order by id limit 200")
                .param("association", Tenant.current())
                .param("since", utc(clock.instant().minus(Duration.ofDays(31))))
                .query(Broadcasts::read)
                .list();
    }

    void later(Broadcast broadcast, Duration after, String why) {
        jdbc.sql("update broadcast set state = 'queued', retry_at = :retry, why = :why where association_id ="
                        + " :association and id = :id and state = 'tried'")
                .param("retry", utc(wire.instant().plus(after)))
                .param("why", Covers.cut(why, 300))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
    }

    /** Ends a step; whoever sent it hears of the end it did not expect, and is asked to confirm what waits. */
    void settle(Broadcast broadcast, Broadcast.State state, String messageId, String why) {
        int changed = jdbc.sql("update broadcast set state = :state, message_id = coalesce(:message, message_id),"
                        + " why = :why, settled_at = :at where association_id = :association and id = :id"
                        + " and state in ('tried', 'waiting')")
                .param("state", state.code())
                .param("message", messageId.isEmpty() ? null : messageId, java.sql.Types.VARCHAR)
                .param("why", Covers.cut(why, 300))
                .param("at", utc(clock.instant()))
                .param("association", Tenant.current())
                .param("id", broadcast.id())
                .update();
        if (changed == 0) {
            return;
        }
        String begins = broadcast.text().length() > 20 ? broadcast.text().substring(0, 20) + "…" : broadcast.text();
        String said = switch (state) {
            case WAITING -> "请在企业微信的「群发助手」里点确认，群里才会收到：「" + begins + "」";
            case SENT ->
                "已发到班级群：「" + begins + "」，班里" + broadcast.reached() + "家看得到"
                        + (broadcast.missing() > 0 ? "，" + broadcast.missing() + "家不在群里" : "");
            default -> "群发「" + begins + "」" + state.word() + (why.isEmpty() ? "" : "：" + why);
        };
        events.publishEvent(Tell.of(StaffMember.address(broadcast.staffId()), null, "broadcast", said)
                .once("broadcast:" + broadcast.id() + ":" + state.code()));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Broadcast read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        String message = row.getString("message_id");
        return new Broadcast(
                row.getLong("id"),
                row.getLong("staff_id"),
                row.getString("chat_id"),
                row.getString("sender"),
                row.getString("body"),
                Broadcast.State.of(row.getString("state")),
                row.getObject("made_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getInt("attempts"),
                message == null ? "" : message,
                row.getString("why"),
                row.getInt("reached"),
                row.getInt("missing"));
    }
}
