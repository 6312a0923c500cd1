package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Parts;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Messages to classes (WHJX-8-3): into the group, one to one, or through the class's robot. What is queued here for WeCom
 * becomes a task, which the teacher confirms in the client; only then it is sent. Money that members owe is never spoken of
 * in a group.
 *
 * <p>The platform's limits are kept: 4000 bytes, one broadcast a day and four a month for a group or customer; 2048 bytes
 * and 20 messages a minute for a robot.
 */
@Service
@Transactional
public class Broadcasts {

    /** WeCom's limit for the text of such a task, in bytes of UTF-8. */
    static final int BYTES = 4000;

    /** So many a calendar month reach one group or customer. */
    static final int A_MONTH = 4;

    /** A robot says no more than so many parts of one text. */
    private static final int PARTS = 10;

    private static final int TITLE_BYTES = 128;
    private static final int SAYS_BYTES = 512;
    private static final int URL_BYTES = 1000;

    private static final Pattern OWING = Pattern.compile("欠费|欠款|欠缴|催缴|拖欠|逾期|未缴|未交|没缴|没交|还没付|未付|尚未到账|欠[¥￥\\d]");

    private static final String COLUMNS = "select id, round_id, part, way, staff_id, chat_id, sender, body, file_id,"
            + " link_title, link_says, link_url, audience, state, made_at, not_before, attempts, message_id, why,"
            + " reached, missing, confirmed_at from broadcast where association_id = :association";

    private final JdbcClient jdbc;
    private final Groups groups;
    private final Robots robots;
    private final Receivers receivers;
    private final Audit audit;
    private final BusinessClock clock;
    private final Clock wire;

    Broadcasts(
            JdbcClient jdbc,
            Groups groups,
            Robots robots,
            Receivers receivers,
            Audit audit,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wire) {
        this.jdbc = jdbc;
        this.groups = groups;
        this.robots = robots;
        this.receivers = receivers;
        this.audit = audit;
        this.clock = clock;
        this.wire = wire;
    }

    /**
     * What is to be sent.
     *
     * @param file key of an {@link Attached}
     */
    public record Message(String text, @Nullable Long file, GroupLine.@Nullable Link link) {

        /** Words alone. */
        public static Message of(String text) {
            return new Message(text, null, null);
        }
    }

    /**
     * What would be sent: where to, who of the class sees it, who is missing there, and when, if not now.
     *
     * @param parts into how many messages the text is cut
     */
    public record Preview(String where, Groups.Attendance attendance, Optional<LocalDateTime> waits, int parts) {}

    /**
     * Looks at what a broadcast would do. Refused for an empty or too long text, one that speaks of money owed, and where
     * the teacher has no group.
     */
    @Transactional(readOnly = true)
    public Outcome<Preview> preview(StaffMember teacher, String text) {
        return preview(teacher, Broadcast.Way.GROUP, Message.of(text), List.of());
    }

    /**
     * The same for any way.
     *
     * @param members for whom it is, one to one; a group and a robot speak to the whole class
     */
    @Transactional(readOnly = true)
    public Outcome<Preview> preview(StaffMember teacher, Broadcast.Way way, Message message, List<Member> members) {
        Optional<String> fault = fault(way, message);
        if (fault.isPresent()) {
            return Outcome.refused(fault.get());
        }
        if (way != Broadcast.Way.SINGLE && speaksOfMoney(message)) {
            return Outcome.refused("欠费的事不在群里说。请用「提醒 全部」一家一家私下提醒", "WHJX-8-5a");
        }
        if (way == Broadcast.Way.ROBOT) {
            return switch (robots.standing(teacher.id())) {
                case NONE -> Outcome.refused(teacher.name() + "的班级群还没有登记机器人，请在控制台「班级」里登记");
                case REVOKED -> Outcome.refused("班级群机器人的密钥失效了，请先换上新的");
                case READY ->
                    Outcome.done(new Preview(
                            teacher.name() + "的班级群机器人",
                            new Groups.Attendance(List.of(), List.of()),
                            Optional.empty(),
                            pieces(way, message).size()));
            };
        }
        if (teacher.wecomUserId() == null) {
            return Outcome.refused(teacher.name() + "的账号没有登记企业微信成员，不能群发");
        }
        if (way == Broadcast.Way.SINGLE) {
            return one(teacher, members);
        }
        List<Group> own = groups.of(teacher.id());
        if (own.isEmpty()) {
            return Outcome.refused("没有找到你的班级群。请在企业微信里建一个客户群（你是群主），十分钟内会自动认出来");
        }
        String chat = own.get(0).chatId();
        if (receivers.thisMonth(chat, month()) >= A_MONTH) {
            return Outcome.refused("这个群本月已群发" + A_MONTH + "次，平台不再送。下月1日起可以再发，急事请用班级机器人或一对一");
        }
        return Outcome.done(new Preview(own.get(0).name(), groups.attendance(teacher.id()), later(chat), 1));
    }

    private Outcome<Preview> one(StaffMember teacher, List<Member> members) {
        if (members.isEmpty()) {
            return Outcome.refused(teacher.name() + "的班里没有符合条件的会员");
        }
        Map<Long, String> known = groups.friends(teacher.id(), members);
        Groups.Attendance attendance = new Groups.Attendance(
                members.stream()
                        .filter(member -> known.containsKey(member.id()))
                        .toList(),
                members.stream()
                        .filter(member -> !known.containsKey(member.id()))
                        .toList());
        return attendance.there().isEmpty()
                ? Outcome.refused(
                        "这" + members.size() + "家都还不是" + teacher.name() + "的企业微信联系人，一对一发不到。请先加联络员为联系人，或改发重要通知")
                : Outcome.done(new Preview(teacher.name() + "一对一", attendance, Optional.empty(), 1));
    }

    /** Whether words speak of what members owe. */
    static boolean speaksOfMoney(Message message) {
        GroupLine.Link link = message.link();
        return OWING.matcher(message.text()).find()
                || link != null
                        && OWING.matcher(link.title() + " " + link.says()).find();
    }

    private static Optional<String> fault(Broadcast.Way way, Message message) {
        GroupLine.Link link = message.link();
        if (message.text().isBlank() && message.file() == null && link == null) {
            return Optional.of("要群发什么？例如「群发 明天下午三点年会签到」");
        }
        if (way == Broadcast.Way.ROBOT
                ? Parts.of(message.text(), Parts.MOST).size() > PARTS
                : bytes(message.text()) > BYTES) {
            return Optional.of("太长了：群发最多"
                    + (way == Broadcast.Way.ROBOT ? PARTS * Parts.MOST : BYTES) / 3
                    + "个汉字，请删短，或只发要点、把全文做成文件附上");
        }
        if (link != null) {
            if (message.file() != null) {
                return Optional.of("图片、文件和链接一次只能带一样");
            }
            if (link.title().isBlank() || bytes(link.title()) > TITLE_BYTES || bytes(link.says()) > SAYS_BYTES) {
                return Optional.of("链接要有标题，最多" + TITLE_BYTES / 3 + "个汉字；说明最多" + SAYS_BYTES / 3 + "个汉字");
            }
            if (!link.url().matches("https?://[^\\s\"<>]{3,}") || bytes(link.url()) > URL_BYTES) {
                return Optional.of("链接地址要以 https:// 开头，例如 https://example.cn/notice");
            }
        }
        return Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private YearMonth month() {
        return YearMonth.from(clock.today());
    }

    /** Tomorrow at nine, if the group has had its broadcast of today. */
    private Optional<LocalDateTime> later(String chat) {
        return receivers.onDay(chat, clock.today()) > 0
                ? Optional.of(clock.today().plusDays(1).atTime(LocalTime.of(9, 0)))
                : Optional.empty();
    }

    /** Queues words for the group. The same to the same group on the same day is queued once. */
    public Outcome<Broadcast> send(StaffMember teacher, String text) {
        return send(teacher, Broadcast.Way.GROUP, Message.of(text), List.of(), "", Ids.next(), teacher.username());
    }

    /**
     * Queues a message. The same by the same way on the same day, for the same people, is queued once.
     *
     * @param audience for whom it is, in words
     * @param round the number of what is sent together
     * @param by who sends it, in the teacher's name
     */
    public Outcome<Broadcast> send(
            StaffMember teacher,
            Broadcast.Way way,
            Message message,
            List<Member> members,
            String audience,
            long round,
            String by) {
        Outcome<Preview> seen = preview(teacher, way, message, members);
        if (seen instanceof Outcome.Refused<Preview> refused) {
            return Outcome.refused(refused.refusal());
        }
        Preview preview = seen.get();
        jdbc.sql("select id from staff where association_id = :association and id = :id for update")
                .param("association", Tenant.current())
                .param("id", teacher.id())
                .query(Long.class)
                .optional();
        List<Message> pieces = pieces(way, message);
        Instant morning = clock.today().atStartOfDay(BusinessClock.ZONE).toInstant();
        Optional<Broadcast> before = of(teacher.id(), 50).stream()
                .filter(other -> other.part() == 1
                        && other.way() == way
                        && other.audience().equals(audience)
                        && new Message(other.text(), other.file(), other.link()).equals(pieces.get(0))
                        && !other.madeAt().isBefore(morning)
                        && other.state() != Broadcast.State.FAILED)
                .findFirst();
        if (before.isPresent()) {
            return Outcome.done(before.get());
        }
        String chat =
                way == Broadcast.Way.GROUP ? groups.of(teacher.id()).get(0).chatId() : "";
        long first = 0;
        for (int part = 1; part <= pieces.size(); part++) {
            long id = queue(teacher, way, pieces.get(part - 1), chat, audience, round, part, preview);
            first = part == 1 ? id : first;
        }
        if (way != Broadcast.Way.ROBOT) {
            receivers.expect(
                    first,
                    preview.attendance(),
                    way == Broadcast.Way.SINGLE ? groups.friends(teacher.id(), members) : Map.of());
        }
        audit.note(by, "broadcast", null, preview.where() + "：" + message.text());
        return Outcome.done(find(first).orElseThrow());
    }

    /** A robot says words, a file or a link, one after the other, and of words so many bytes at a time. */
    private static List<Message> pieces(Broadcast.Way way, Message message) {
        if (way != Broadcast.Way.ROBOT) {
            return List.of(message);
        }
        List<Message> pieces = new ArrayList<>();
        if (!message.text().isBlank()) {
            Parts.of(message.text(), Parts.MOST).forEach(text -> pieces.add(Message.of(text)));
        }
        if (message.file() != null || message.link() != null) {
            pieces.add(new Message("", message.file(), message.link()));
        }
        return pieces;
    }

    private long queue(
            StaffMember teacher,
            Broadcast.Way way,
            Message said,
            String chat,
            String audience,
            long round,
            int part,
            Preview preview) {
        long id = Ids.next();
        GroupLine.Link link = said.link();
        jdbc.sql("insert into broadcast (association_id, id, round_id, part, way, staff_id, chat_id, sender, body,"
                        + " file_id, link_title, link_says, link_url, audience, state, made_at, not_before, attempts,"
                        + " retry_at, why, reached, missing) values (:association, :id, :round, :part, :way, :staff,"
                        + " :chat, :sender, :body, :file, :title, :says, :url, :audience, 'queued', :at, :before, 0,"
                        + " :retry, '', :reached, :missing)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("round", round)
                .param("part", part)
                .param("way", way.code())
                .param("staff", teacher.id())
                .param("chat", chat)
                .param("sender", teacher.wecomUserId() == null ? "" : teacher.wecomUserId())
                .param("body", said.text())
                .param("file", said.file(), java.sql.Types.BIGINT)
                .param("title", link == null ? null : link.title(), java.sql.Types.VARCHAR)
                .param("says", link == null ? null : link.says(), java.sql.Types.VARCHAR)
                .param("url", link == null ? null : link.url(), java.sql.Types.VARCHAR)
                .param("audience", Covers.cut(audience, 200))
                .param("at", utc(clock.instant()))
                .param(
                        "before",
                        preview.waits()
                                .map(when -> utc(when.atZone(BusinessClock.ZONE).toInstant()))
                                .orElse(null),
                        java.sql.Types.TIMESTAMP)
                .param("retry", utc(wire.instant()))
                .param("reached", preview.attendance().there().size())
                .param("missing", preview.attendance().missing().size())
                .update();
        return id;
    }

    /** A teacher's latest broadcasts; null for all teachers'. */
    @Transactional(readOnly = true)
    public List<Broadcast> of(@Nullable Long staffId, int limit) {
        return jdbc.sql(COLUMNS + (staffId == null ? "" : " and staff_id = :staff") + " order by id desc limit :limit")
                .param("association", Tenant.current())
                .param("staff", staffId, java.sql.Types.BIGINT)
                .param("limit", limit)
                .query(Broadcasts::read)
                .list();
    }

    /** What was sent together, by class and part. */
    @Transactional(readOnly = true)
    public List<Broadcast> round(long round) {
        return jdbc.sql(COLUMNS + " and round_id = :round order by staff_id, part")
                .param("association", Tenant.current())
                .param("round", round)
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

    /** What became of it for each member of the audience. */
    @Transactional(readOnly = true)
    public List<Receivers.Receiver> receivers(long broadcast) {
        return receivers.of(broadcast);
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static String columns() {
        return COLUMNS;
    }

    static Broadcast read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        String message = row.getString("message_id");
        String title = row.getString("link_title");
        LocalDateTime before = row.getObject("not_before", LocalDateTime.class);
        LocalDateTime confirmed = row.getObject("confirmed_at", LocalDateTime.class);
        return new Broadcast(
                row.getLong("id"),
                row.getLong("round_id"),
                row.getInt("part"),
                Broadcast.Way.valueOf(row.getString("way").toUpperCase(java.util.Locale.ROOT)),
                row.getLong("staff_id"),
                row.getString("chat_id"),
                row.getString("sender"),
                row.getString("body"),
                row.getObject("file_id", Long.class),
                title == null ? null : new GroupLine.Link(title, row.getString("link_says"), row.getString("link_url")),
                row.getString("audience"),
                Broadcast.State.of(row.getString("state")),
                row.getObject("made_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                before == null ? null : before.toInstant(ZoneOffset.UTC),
                row.getInt("attempts"),
                message == null ? "" : message,
                row.getString("why"),
                row.getInt("reached"),
                row.getInt("missing"),
                confirmed == null ? null : confirmed.toInstant(ZoneOffset.UTC));
    }
}
