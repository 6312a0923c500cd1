package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who stands in for a class teacher on leave. From the first day through the last the deputy sees the class and gets what
 * is for its teacher; the class stays the teacher's, and nobody has to end anything (WHJX-8-0, 8-2).
 */
@Service
@Transactional
public class Covers {

    private static final int LONGEST = 366;
    private static final String COLUMNS =
            "select id, teacher_id, deputy_id, from_on, to_on, note, made_by from class_cover"
                    + " where association_id = :association";

    private final JdbcClient jdbc;
    private final Staff staff;
    private final Classes classes;
    private final Audit audit;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Covers(
            JdbcClient jdbc,
            Staff staff,
            Classes classes,
            Audit audit,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.staff = staff;
        this.classes = classes;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Lets somebody stand in, and tells both; the members hear of it on its first day. Refused for days that are over or run backwards, for somebody who is no
     * working class teacher, and where one of the two is away or stood in for already in these days.
     */
    public Outcome<Cover> arrange(long teacherId, long deputyId, LocalDate from, LocalDate to, String note, String by) {
        Optional<StaffMember> teacher = working(teacherId);
        Optional<StaffMember> deputy = working(deputyId);
        if (teacher.isEmpty() || deputy.isEmpty()) {
            return Outcome.refused("请假的人和代班的人都须是在岗的班主任");
        }
        if (teacherId == deputyId) {
            return Outcome.refused("代班的须是另一位班主任");
        }
        if (to.isBefore(from) || to.isBefore(clock.today())) {
            return Outcome.refused("结束日不能早于开始日，也不能已经过去");
        }
        if (from.plusDays(LONGEST).isBefore(to)) {
            return Outcome.refused("一次代班最长一年；更久请把班级交接给别人");
        }
        jdbc.sql("select id from staff where association_id = :association and id in (:both) order by id for update")
                .param("association", Tenant.current())
                .param("both", List.of(teacherId, deputyId))
                .query(Long.class)
                .list();
        for (Cover other : between(from, to)) {
            if (other.teacherId() == teacherId) {
                return Outcome.refused(teacher.get().name() + "老师" + span(other) + "已有人代班；请先结束那一次");
            }
            if (other.teacherId() == deputyId) {
                return Outcome.refused(deputy.get().name() + "老师" + span(other) + "自己请假，请另选一位");
            }
            if (other.deputyId() == teacherId) {
                return Outcome.refused(teacher.get().name() + "老师" + span(other) + "正替别人代班，请先给那个班另找一位");
            }
        }
        Cover cover = new Cover(Ids.next(), teacherId, deputyId, from, to, note.strip(), by);
        jdbc.sql("insert into class_cover (association_id, id, teacher_id, deputy_id, from_on, to_on, note, made_by,"
                        + " made_at) values (:association, :id, :teacher, :deputy, :from, :to, :note, :by, :at)")
                .param("association", Tenant.current())
                .param("id", cover.id())
                .param("teacher", teacherId)
                .param("deputy", deputyId)
                .param("from", from)
                .param("to", to)
                .param("note", cut(cover.note(), 300))
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        String note2 = cover.note().isEmpty() ? "" : "。交代：" + cover.note();
        tell(deputy.get(), span(cover) + "请你代" + teacher.get().name() + "老师的班：班里的消息和待办都会到你这里，到期自动结束" + note2);
        tell(teacher.get(), span(cover) + "你的班由" + deputy.get().name() + "老师代管，到期自动回到你这里" + note2);
        if (cover.on(clock.today())) {
            tellMembers(cover);
        }
        audit.note(
                by,
                "cover-arranged",
                null,
                teacher.get().name() + " → " + deputy.get().name() + " " + span(cover));
        return Outcome.done(cover);
    }

    /** Ends a cover early: yesterday was its last day. One that has not begun never will. */
    public Outcome<Cover> end(long id, String by) {
        Optional<Cover> found = find(id);
        LocalDate today = clock.today();
        if (found.isEmpty() || found.get().to().isBefore(today)) {
            return Outcome.refused("这次代班已经结束");
        }
        Cover cover = found.get();
        if (cover.from().isBefore(today)) {
            jdbc.sql("update class_cover set to_on = :to where association_id = :association and id = :id")
                    .param("to", today.minusDays(1))
                    .param("association", Tenant.current())
                    .param("id", id)
                    .update();
        } else {
            jdbc.sql("delete from class_cover where association_id = :association and id = :id")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .update();
        }
        for (long one : List.of(cover.teacherId(), cover.deputyId())) {
            working(one).ifPresent(person -> tell(person, span(cover) + "的代班从今天起提前结束，班级回到班主任手里"));
        }
        if (cover.from().isBefore(today)) {
            StaffMember back = working(cover.teacherId()).orElse(null);
            if (back != null) {
                toMembers(cover, "back", "班主任" + back.name() + "老师从今天起回来了，有事仍找" + back.name() + "老师");
            }
        }
        audit.note(by, "cover-ended", null, span(cover));
        return Outcome.done(cover);
    }

    /** The first day later than {@code after} on which a cover begins. */
    @Transactional(readOnly = true)
    Optional<LocalDate> nextBeginning(LocalDate after) {
        return jdbc.sql("select min(from_on) as first_on from class_cover where association_id = :association"
                        + " and from_on > :after")
                .param("association", Tenant.current())
                .param("after", after)
                .query((row, n) -> Optional.ofNullable(row.getObject("first_on", LocalDate.class)))
                .single();
    }

    /** Tells the members of the classes whose cover begins on a day who stands in, each once. */
    void begin(LocalDate day) {
        between(day, day).stream().filter(cover -> cover.from().equals(day)).forEach(this::tellMembers);
    }

    private void tellMembers(Cover cover) {
        Optional<StaffMember> teacher = working(cover.teacherId());
        Optional<StaffMember> deputy = working(cover.deputyId());
        if (teacher.isEmpty() || deputy.isEmpty()) {
            return;
        }
        String phone = deputy.get().phone();
        toMembers(
                cover,
                "begun",
                span(cover) + "班主任" + teacher.get().name() + "老师不在，由"
                        + deputy.get().name() + "老师代管"
                        + (phone == null ? "" : " " + Mask.phone(phone)) + "，有事照常找；到期自动回到"
                        + teacher.get().name() + "老师");
    }

    private void toMembers(Cover cover, String moment, String text) {
        for (Member member : classes.classOf(cover.teacherId())) {
            events.publishEvent(Tell.of("liaison", member.id(), "cover", text)
                    .once("cover:" + cover.id() + ":" + moment + ":" + member.id()));
        }
    }

    /** The cover of a key. */
    @Transactional(readOnly = true)
    public Optional<Cover> find(long id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query(Covers::read)
                .optional();
    }

    /** Who stands in for a class teacher on a day; empty while the teacher is here, or the deputy has left too. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> deputyOf(long teacherId, LocalDate day) {
        return jdbc
                .sql(COLUMNS + " and teacher_id = :teacher and from_on <= :day and to_on >= :day order by id")
                .param("association", Tenant.current())
                .param("teacher", teacherId)
                .param("day", day)
                .query(Covers::read)
                .list()
                .stream()
                .map(cover -> working(cover.deputyId()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The class teachers whose classes somebody looks after today: itself, and those it stands in for. */
    @Transactional(readOnly = true)
    public List<Long> desksOf(long staffId) {
        List<Long> desks = new ArrayList<>(List.of(staffId));
        LocalDate today = clock.today();
        jdbc.sql(COLUMNS + " and deputy_id = :deputy and from_on <= :day and to_on >= :day order by id")
                .param("association", Tenant.current())
                .param("deputy", staffId)
                .param("day", today)
                .query(Covers::read)
                .list()
                .forEach(cover -> desks.add(cover.teacherId()));
        return desks;
    }

    /** Covers that are not over, and those that touch these days. */
    @Transactional(readOnly = true)
    public List<Cover> between(LocalDate from, LocalDate to) {
        return jdbc.sql(COLUMNS + " and from_on <= :to and to_on >= :from order by from_on, id")
                .param("association", Tenant.current())
                .param("from", from)
                .param("to", to)
                .query(Covers::read)
                .list();
    }

    private Optional<StaffMember> working(long id) {
        return staff.find(id).filter(found -> found.active() && found.roles().contains(Role.TEACHER));
    }

    private void tell(StaffMember person, String text) {
        events.publishEvent(Tell.of(person.address(), null, "cover", text));
    }

    private static String span(Cover cover) {
        return cover.from().equals(cover.to()) ? day(cover.from()) : day(cover.from()) + "至" + day(cover.to());
    }

    private static String day(LocalDate day) {
        return day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static Cover read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Cover(
                row.getLong("id"),
                row.getLong("teacher_id"),
                row.getLong("deputy_id"),
                row.getObject("from_on", LocalDate.class),
                row.getObject("to_on", LocalDate.class),
                row.getString("note"),
                row.getString("made_by"));
    }
}
