package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Calendars;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Important notices (WHJX-8-3): they go to each member's contact one to one, who says 知道了 on the page or in the chat.
 * Who has not said so after two working days is told once more, and its class teacher sees who that is.
 */
@Service
@Transactional
public class Circulars {

    private static final int TITLE = 40;
    private static final int BODY = 4000;
    private static final int WORDS = 300;
    private static final Span PATIENCE = Span.parse("2 workdays");

    private static final String SHOWN = "select c.id, c.title, c.body, c.file_id, c.audience, c.made_by, c.made_on,"
            + " c.again_on, count(r.member_id) as members, count(r.read_at) as readers from circular c join"
            + " circular_reader r on r.association_id = c.association_id and r.circular_id = c.id where"
            + " c.association_id = :association";
    private static final String READERS =
            "select member_id, teacher_id, opened_at, read_at, read_by, reminded_on from circular_reader"
                    + " where association_id = :association and circular_id = :circular";
    private static final String GROUPED = " group by c.association_id, c.id, c.title, c.body, c.file_id, c.audience,"
            + " c.made_by, c.made_on, c.again_on";

    private final JdbcClient jdbc;
    private final Contacts contacts;
    private final Audit audit;
    private final BusinessClock clock;
    private final Calendars calendars;
    private final ApplicationEventPublisher events;

    Circulars(
            JdbcClient jdbc,
            Contacts contacts,
            Audit audit,
            BusinessClock clock,
            Calendars calendars,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.contacts = contacts;
        this.audit = audit;
        this.clock = clock;
        this.calendars = calendars;
        this.events = events;
    }

    /** An important notice to be sent; {@code file} is the key of an {@link Attached}. */
    public record Draft(String title, String body, @Nullable Long file) {}

    /** What one member has made of a notice. */
    public record Reader(
            long memberId,
            @Nullable Long teacherId,
            @Nullable Instant openedAt,
            @Nullable Instant readAt,
            @Nullable String by,
            @Nullable LocalDate remindedOn) {}

    /**
     * Sends a notice to members, each once. The same title and words on the same day are sent once. Refused without a
     * title, words or members.
     */
    public Outcome<Circular> issue(Draft draft, List<Member> members, String audience, String by) {
        String title = draft.title().strip();
        String body = draft.body().strip();
        if (title.isEmpty() || title.length() > TITLE) {
            return Outcome.refused("重要通知要有标题，最多" + TITLE + "个字，例如「年会改期到5月8日」");
        }
        if (body.isEmpty() && draft.file() == null) {
            return Outcome.refused("请写正文，或附上文件");
        }
        if (body.length() > BODY) {
            return Outcome.refused("正文最多" + BODY + "个字，更长的请做成文件附上");
        }
        if (members.isEmpty()) {
            return Outcome.refused("没有符合条件的会员");
        }
        LocalDate today = clock.today();
        Optional<Long> before = jdbc.sql(
                        "select id from circular where association_id = :association and made_on = :today and title ="
                                + " :title and body = :body and audience = :audience and made_by = :by limit 1")
                .param("association", Tenant.current())
                .param("today", today)
                .param("title", title)
                .param("body", body)
                .param("audience", Covers.cut(audience, 200))
                .param("by", by)
                .query(Long.class)
                .optional();
        if (before.isPresent()) {
            return Outcome.done(find(before.get()).orElseThrow());
        }
        long id = Ids.next();
        jdbc.sql("insert into circular (association_id, id, title, body, file_id, audience, made_by, made_on, again_on)"
                        + " values (:association, :id, :title, :body, :file, :audience, :by, :today, :again)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("title", title)
                .param("body", body)
                .param("file", draft.file(), java.sql.Types.BIGINT)
                .param("audience", Covers.cut(audience, 200))
                .param("by", by)
                .param("today", today)
                .param("again", calendars.lastDayToAct(today, PATIENCE).orElse(null), java.sql.Types.DATE)
                .update();
        for (Member member : members) {
            jdbc.sql("insert into circular_reader (association_id, circular_id, member_id, teacher_id) values"
                            + " (:association, :circular, :member, :teacher)")
                    .param("association", Tenant.current())
                    .param("circular", id)
                    .param("member", member.id())
                    .param("teacher", member.teacherId(), java.sql.Types.BIGINT)
                    .update();
            tell(id, member.id(), title, body, "请看完后点「知道了」，或回复「知道了」", "circular:" + id + ":" + member.id());
        }
        audit.note(by, "circular", null, title + "：" + audience + "，" + members.size() + "家");
        return Outcome.done(find(id).orElseThrow());
    }

    private void tell(long circular, long member, String title, String body, String asks, String key) {
        String begins = body.codePointCount(0, body.length()) <= WORDS
                ? body
                : body.substring(0, body.offsetByCodePoints(0, WORDS)) + "…";
        events.publishEvent(Tell.of("member", member, "notice", title + "\n" + begins + "\n" + asks)
                .once(key)
                .with(Map.of("title", title, "url", "/m/" + Tenant.current() + "/circulars/" + circular)));
    }

    /** A notice, counted over all classes. */
    @Transactional(readOnly = true)
    public Optional<Circular> find(long id) {
        return jdbc.sql(SHOWN + " and c.id = :id" + GROUPED)
                .param("association", Tenant.current())
                .param("id", id)
                .query(Circulars::read)
                .optional();
    }

    /** The latest notices to members of these class teachers, counted over them; null for all. */
    @Transactional(readOnly = true)
    public List<Circular> latest(@Nullable Collection<Long> teachers, int limit) {
        if (teachers != null && teachers.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(SHOWN + (teachers == null ? "" : " and r.teacher_id in (:teachers)") + GROUPED
                        + " order by c.id desc limit :limit")
                .param("association", Tenant.current())
                .param("teachers", teachers == null ? List.of(0L) : teachers)
                .param("limit", limit)
                .query(Circulars::read)
                .list();
    }

    /** What became of a notice, member by member, the unread first. */
    @Transactional(readOnly = true)
    public List<Reader> readers(long circular, @Nullable Collection<Long> teachers) {
        return jdbc.sql(READERS
                        + (teachers == null ? "" : " and teacher_id in (:teachers)")
                        + " order by case when read_at is null then 0 else 1 end, member_id")
                .param("association", Tenant.current())
                .param("circular", circular)
                .param("teachers", teachers == null || teachers.isEmpty() ? List.of(0L) : teachers)
                .query(Circulars::reader)
                .list();
    }

    /** Notices that a member has not said it read, the newest first. */
    @Transactional(readOnly = true)
    public List<Circular> unread(long member) {
        List<Long> ids = jdbc.sql("select circular_id from circular_reader where association_id = :association and"
                        + " member_id = :member and read_at is null order by circular_id desc limit 20")
                .param("association", Tenant.current())
                .param("member", member)
                .query(Long.class)
                .list();
        return ids.stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /** What one member has made of a notice; empty if it did not go to it. */
    @Transactional(readOnly = true)
    public Optional<Reader> reader(long circular, long member) {
        return jdbc.sql(READERS + " and member_id = :member")
                .param("association", Tenant.current())
                .param("circular", circular)
                .param("member", member)
                .query(Circulars::reader)
                .optional();
    }

    /** A member's contact has opened it; only saying so counts as read. */
    public void opened(long circular, long member) {
        jdbc.sql("update circular_reader set opened_at = :at where association_id = :association and circular_id ="
                        + " :circular and member_id = :member and opened_at is null")
                .param("at", utc(clock.instant()))
                .param("association", Tenant.current())
                .param("circular", circular)
                .param("member", member)
                .update();
    }

    /** A member has said that it knows: whether that is news. */
    public boolean acknowledge(long circular, long member, String by) {
        return jdbc.sql("update circular_reader set read_at = :at, opened_at = coalesce(opened_at, :at), read_by = :by"
                                + " where association_id = :association and circular_id = :circular and member_id ="
                                + " :member and read_at is null")
                        .param("at", utc(clock.instant()))
                        .param("by", by)
                        .param("association", Tenant.current())
                        .param("circular", circular)
                        .param("member", member)
                        .update()
                == 1;
    }

    /**
     * What became of telling those who have not read a notice once more, in numbers of members.
     *
     * @param spared who was told today already
     * @param unreachable who has nobody in WeChat: a person must tell them
     */
    public record Reminded(int told, int spared, int unreachable) {

        /** In one sentence, with what is left to do. */
        public String said() {
            String reached = told > 0 ? "已再提醒" + told + "家" : spared > 0 ? "今天刚发过或提醒过，明天可以再提醒" : "";
            if (unreachable == 0) {
                return reached.isEmpty() ? "都回了「知道了」，不用再提醒。" : reached + "。";
            }
            return (reached.isEmpty() ? "没回的" : reached + "；另有") + unreachable + "家没有绑定公众号，收不到提醒，请打电话或当面转达。";
        }
    }

    /**
     * Tells those who have not read it once more, of these teachers' classes or of all; each at most once a day. Whoever
     * would not hear it is counted, not told: its class teacher has had the task to pass it on since it was sent.
     */
    public Reminded remind(long circular, @Nullable Collection<Long> teachers, String by) {
        Circular about = find(circular).orElseThrow();
        LocalDate today = clock.today();
        List<Reader> silent = readers(circular, teachers).stream()
                .filter(reader -> reader.readAt() == null)
                .toList();
        Set<Long> reachable =
                contacts.reachable(silent.stream().map(Reader::memberId).toList());
        int told = 0;
        int spared = 0;
        int unreachable = 0;
        for (Reader reader : silent) {
            if (today.equals(reader.remindedOn()) || today.equals(about.madeOn())) {
                spared++;
                continue;
            }
            if (!reachable.contains(reader.memberId())) {
                unreachable++;
                continue;
            }
            jdbc.sql("update circular_reader set reminded_on = :today where association_id = :association and"
                            + " circular_id = :circular and member_id = :member")
                    .param("today", today)
                    .param("association", Tenant.current())
                    .param("circular", circular)
                    .param("member", reader.memberId())
                    .update();
            tell(
                    circular,
                    reader.memberId(),
                    about.title(),
                    about.body(),
                    "这份通知还没有收到你单位的「知道了」，请看完后点一下，或回复「知道了」",
                    "circular:" + circular + ":" + reader.memberId() + ":" + today);
            told++;
        }
        if (told > 0) {
            audit.note(by, "circular-reminded", null, about.title() + "：" + told + "家");
        }
        return new Reminded(told, spared, unreachable);
    }

    /** Notices whose unread are to be told again on this day. */
    @Transactional(readOnly = true)
    List<Long> again(LocalDate day) {
        return jdbc.sql("select id from circular where association_id = :association and again_on = :day order by id")
                .param("association", Tenant.current())
                .param("day", day)
                .query(Long.class)
                .list();
    }

    /** Notices made while the calendar was missing get their day as soon as it is there, not before {@code day}. */
    void date(LocalDate day) {
        jdbc.sql("select id, made_on from circular where association_id = :association and again_on is null")
                .param("association", Tenant.current())
                .query((row, number) -> Map.entry(row.getLong(1), row.getObject(2, LocalDate.class)))
                .list()
                .forEach(one -> calendars
                        .lastDayToAct(one.getValue(), PATIENCE)
                        .ifPresent(again -> jdbc.sql(
                                        "update circular set again_on = :again where association_id = :association"
                                                + " and id = :id")
                                .param("again", again.isBefore(day) ? day : again)
                                .param("association", Tenant.current())
                                .param("id", one.getKey())
                                .update()));
    }

    /** Whether any notice still waits for its day. */
    @Transactional(readOnly = true)
    boolean undated() {
        return jdbc.sql("select count(*) from circular where association_id = :association and again_on is null")
                        .param("association", Tenant.current())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Transactional(readOnly = true)
    Optional<LocalDate> nextAgain(LocalDate after) {
        return jdbc.sql("select again_on from circular where association_id = :association and again_on > :after"
                        + " order by again_on limit 1")
                .param("association", Tenant.current())
                .param("after", after)
                .query(LocalDate.class)
                .optional();
    }

    private static Reader reader(ResultSet row, int number) throws SQLException {
        return new Reader(
                row.getLong("member_id"),
                row.getObject("teacher_id", Long.class),
                instant(row, "opened_at"),
                instant(row, "read_at"),
                row.getString("read_by"),
                row.getObject("reminded_on", LocalDate.class));
    }

    private static Circular read(ResultSet row, int number) throws SQLException {
        return new Circular(
                row.getLong("id"),
                row.getString("title"),
                row.getString("body"),
                row.getObject("file_id", Long.class),
                row.getString("audience"),
                row.getString("made_by"),
                row.getObject("made_on", LocalDate.class),
                row.getObject("again_on", LocalDate.class),
                row.getInt("members"),
                row.getInt("readers"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime at = row.getObject(column, LocalDateTime.class);
        return at == null ? null : at.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
