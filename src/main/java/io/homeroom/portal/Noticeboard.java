package io.homeroom.portal;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Broadcast;
import io.homeroom.liaison.Broadcasts;
import io.homeroom.liaison.Robots;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What everybody may read: announcements (IGRS-18-j, 25-f; DSIA-5-5; BACCA-25, 40-a, 42-b) and the roster (WHJX-9-2). An
 * announcement is public once its task for the website is done; a roster once somebody has published it, from then on each
 * month, and with the allowed fields only.
 */
@Service
public class Noticeboard {

    /** Fields that a roster may show; what {@code homeroom.associations.{code}.roster-fields} does not name stays inside. */
    enum Field {
        NAME,
        GRADE,
        POSTS,
        JOINED
    }

    private static final int MOST = 50;
    private static final int ROSTER_PAGE = 200;

    /** What an announcement says of a member, by the event that asked for it. */
    private static final Map<String, String> WORDS = Map.of(
            "joined", "加入本会",
            "withdrawn", "退出本会",
            "deemed-withdrawn", "视为自动退会",
            "expelled", "已被除名",
            "forfeited", "丧失会员资格");

    private final Tasks tasks;
    private final Roster roster;
    private final Staff staff;
    private final Robots robots;
    private final Broadcasts broadcasts;
    private final Lawbook law;
    private final BusinessClock clock;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Environment environment;
    private final String base;

    Noticeboard(
            Tasks tasks,
            Roster roster,
            Staff staff,
            Robots robots,
            Broadcasts broadcasts,
            Lawbook law,
            BusinessClock clock,
            JdbcClient jdbc,
            Audit audit,
            ApplicationEventPublisher events,
            Environment environment,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.tasks = tasks;
        this.roster = roster;
        this.staff = staff;
        this.robots = robots;
        this.broadcasts = broadcasts;
        this.law = law;
        this.clock = clock;
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.environment = environment;
        this.base = base.replaceAll("/+$", "");
    }

    /**
     * An announcement.
     *
     * @param at when it was published
     * @param title what it says, in Chinese
     * @param clauses ids of the clauses that ask for it
     */
    record Announcement(long id, Instant at, String title, List<String> clauses) {}

    /** A roster that was published: its day and how many members it had. */
    public record Edition(LocalDate on, int members) {}

    /** A member on the public roster; empty where a field is not allowed. */
    record Line(String name, String grade, String posts, String joined) {}

    /** The latest announcements, newest first. */
    @Transactional(readOnly = true)
    List<Announcement> announcements() {
        List<Task> published = tasks.lastDone("announcement", "网站", MOST);
        Map<Long, Member> members = roster.findAll(
                published.stream().map(Task::memberId).filter(Objects::nonNull).collect(Collectors.toSet()));
        Rulebook book = law.of(clock.today());
        return published.stream()
                .filter(task -> task.memberId() != null && members.containsKey(task.memberId()))
                .map(task -> new Announcement(
                        task.id(),
                        Objects.requireNonNull(task.doneAt()),
                        title(book, task, Objects.requireNonNull(members.get(task.memberId()))),
                        task.clauses()))
                .toList();
    }

    private static String title(Rulebook book, Task task, Member member) {
        String event = book.on().entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(act -> act.task() != null
                                && act.task().what().equals(task.what())
                                && Objects.equals(act.task().where(), task.where())
                                && act.task().cite().equals(task.clauses())))
                .map(Map.Entry::getKey)
                .filter(WORDS::containsKey)
                .filter(name -> name.equals("joined") == member.standing().belongs())
                .findFirst()
                .orElse("");
        LocalDate day = member.standing().belongs() ? member.joinedOn() : member.endedOn();
        String said = WORDS.get(ended(member, event));
        return said == null
                ? member.name() + "：" + task.text()
                : member.name() + (day == null ? "" : "自" + Days.dated(day) + "起") + said;
    }

    /** Several ends may share one announcement rule; how this one ended is in the member's own state. */
    private static String ended(Member member, String event) {
        return event.isEmpty() || member.endedAs() == null || event.equals("joined")
                ? event
                : member.endedAs().code();
    }

    /** The roster published last. */
    @Transactional(readOnly = true)
    public Optional<Edition> latest() {
        return jdbc.sql("select published_on, members from roster_edition where association_id = :a"
                        + " order by published_on desc limit 1")
                .param("a", Tenant.current())
                .query((row, number) ->
                        new Edition(row.getObject("published_on", LocalDate.class), row.getInt("members")))
                .optional();
    }

    /**
     * Publishes the roster as of today and brings it into the internal groups (WHJX-9-2): the office's by its robot, each
     * class's by the class's robot, or by its teacher where it has none. A second time on the same day changes nothing.
     *
     * @return the edition of today
     */
    @Transactional
    public Edition publish(String by) {
        LocalDate today = clock.today();
        Optional<Edition> there = latest().filter(edition -> edition.on().equals(today));
        if (there.isPresent()) {
            return there.get();
        }
        int members = jdbc.sql("select count(*) from member where association_id = :a and standing in ('active',"
                        + " 'suspended')")
                .param("a", Tenant.current())
                .query(Integer.class)
                .single();
        try {
            jdbc.sql("insert into roster_edition (association_id, id, published_on, published_by, members,"
                            + " published_at) values (:a, :id, :on, :by, :members, :at)")
                    .param("a", Tenant.current())
                    .param("id", Ids.next())
                    .param("on", today)
                    .param("by", by)
                    .param("members", members)
                    .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException e) {
            return new Edition(today, members); // published on another node at this moment, which also tells
        }
        audit.note(by, "roster-published", null, "发布名册，" + members + "家");
        String page = base + "/a/" + Tenant.current() + "/members";
        events.publishEvent(
                Tell.of("秘书处", null, "roster", "会员名册已更新（截至" + Days.dated(today) + "，" + members + "家）：" + page)
                        .urgency(Tell.Urgency.NOW)
                        .once("roster:" + today + ":office"));
        String said = "会员名册已更新（截至" + Days.dated(today) + "，" + members + "家）";
        long round = Ids.next();
        for (StaffMember teacher : staff.teachers()) {
            boolean posted = robots.standing(teacher.id()) == Robots.Standing.READY
                    && broadcasts
                            .send(
                                    teacher,
                                    Broadcast.Way.ROBOT,
                                    Broadcasts.Message.of(said + "：" + page),
                                    List.of(),
                                    "全班",
                                    round,
                                    by)
                            .isDone();
            events.publishEvent(
                    Tell.of(teacher.address(), null, "roster", said + (posted ? "，班级群机器人已发到班级群：" : "，请转发班级群：") + page)
                            .once("roster:" + today + ":" + teacher.id()));
        }
        return new Edition(today, members);
    }

    /** Whether a roster that was published is published anew each month; the association may want to do it by hand. */
    @Transactional(readOnly = true)
    boolean renews() {
        return latest().isPresent()
                && environment
                        .getProperty("homeroom.associations." + Tenant.current() + ".roster-renewal", "monthly")
                        .equals("monthly");
    }

    /** A page of the roster published last: whoever was in it and still belongs. */
    @Transactional(readOnly = true)
    Page<Line> lines(Edition edition, long after) {
        Set<Field> fields = fields();
        Page<Member> page = roster.search(new Search(null, null, null, null, after, ROSTER_PAGE));
        return new Page<>(
                page.items().stream()
                        .filter(member ->
                                member.standing() == Standing.ACTIVE || member.standing() == Standing.SUSPENDED)
                        .filter(member ->
                                member.joinedOn() != null && !member.joinedOn().isAfter(edition.on()))
                        .map(member -> new Line(
                                member.name(),
                                fields.contains(Field.GRADE) ? member.grade() : "",
                                fields.contains(Field.POSTS) ? String.join("、", member.posts()) : "",
                                fields.contains(Field.JOINED) ? joined(member.joinedOn()) : ""))
                        .toList(),
                page.next());
    }

    private static String joined(@Nullable LocalDate day) {
        return day == null ? "" : day.getYear() + "年入会";
    }

    private Set<Field> fields() {
        String allowed = environment.getProperty(
                "homeroom.associations." + Tenant.current() + ".roster-fields", "name,grade,posts");
        Set<String> words = Arrays.stream(allowed.split(","))
                .map(word -> word.strip().toUpperCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        return Arrays.stream(Field.values())
                .filter(field -> words.contains(field.name()))
                .collect(Collectors.toSet());
    }
}
