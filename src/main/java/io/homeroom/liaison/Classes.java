package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who looks after whom. A member has one class teacher at a time; the history is in the member's ledger. */
@Service
@Transactional
public class Classes {

    private final Roster roster;
    private final Staff staff;
    private final Tasks tasks;
    private final Audit audit;
    private final BusinessClock clock;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;

    Classes(
            Roster roster,
            Staff staff,
            Tasks tasks,
            Audit audit,
            BusinessClock clock,
            EntityManager entities,
            ApplicationEventPublisher events) {
        this.roster = roster;
        this.staff = staff;
        this.tasks = tasks;
        this.audit = audit;
        this.clock = clock;
        this.entities = entities;
        this.events = events;
    }

    /**
     * Gives a member to a class teacher from today. Tells the one before, the new one and the member's contact, and opens
     * the task {@code group-invitation}; giving it to the teacher it has changes nothing.
     *
     * @param clauses of the rulebook, on which class teachers rest
     */
    public Outcome<Member> assign(long memberId, long staffId, String by, List<String> clauses) {
        Optional<StaffMember> teacher = staff.find(staffId)
                .filter(found -> found.active() && found.roles().contains(Role.TEACHER));
        if (teacher.isEmpty()) {
            return Outcome.refused("这位工作人员不是在岗的班主任");
        }
        Member member = roster.get(memberId);
        Long before = member.teacherId();
        if (before != null && before == staffId) {
            return Outcome.done(member);
        }
        LocalDate today = clock.today();
        roster.record(
                memberId,
                Entry.of(EntryKind.TEACHER, today, clauses.isEmpty() ? "" : clauses.get(0), by)
                        .with("teacher", Long.toString(staffId)));
        String cited = clauses.stream().map(Clauses::label).distinct().collect(Collectors.joining("、"));
        String reason = cited.isEmpty() ? "" : "〔" + cited + "〕";
        String name = teacher.get().name();
        Optional<StaffMember> former = before == null ? Optional.empty() : staff.find(before);
        former.filter(StaffMember::active)
                .ifPresent(old -> tell(
                        old.address(),
                        member,
                        "“" + member.name() + "”从今天起由" + name + "老师担任班主任，请做好交接" + reason,
                        clauses));
        tell(
                teacher.get().address(),
                member,
                "“" + member.name() + "”从今天起由你担任班主任"
                        + former.map(old -> "，此前是" + old.name() + "老师").orElse("") + reason,
                clauses);
        String phone = teacher.get().phone();
        tell(
                "liaison",
                member,
                "贵单位的班主任从今天起是" + name + "老师" + (phone == null ? "" : " " + Mask.phone(phone)) + "，有事可以直接找" + name + "老师"
                        + reason,
                clauses);
        tasks.open(NewTask.of("group-invitation", teacher.get().address(), "邀请“" + member.name() + "”的联络人加入班级群")
                .about(memberId)
                .cites(clauses)
                .once("group-invitation:" + memberId + ":" + staffId + ":" + today));
        audit.note(by, "teacher-assigned", memberId, "班主任：" + name, clauses.toArray(String[]::new));
        return Outcome.done(roster.get(memberId));
    }

    private void tell(String to, Member member, String text, List<String> clauses) {
        events.publishEvent(Tell.of(to, member.id(), "class-teacher", text).cites(clauses));
    }

    /** The member's class teacher, if it has one who still works here. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> teacherOf(long memberId) {
        return roster.find(memberId).map(Member::teacherId).flatMap(staff::find).filter(StaffMember::active);
    }

    /** A class teacher's members, by age. */
    @Transactional(readOnly = true)
    public List<Member> classOf(long staffId) {
        List<Member> members = new ArrayList<>();
        long after = 0;
        while (true) {
            Page<Member> page = roster.search(new Search(null, null, null, staffId, after, 200));
            page.items().stream().filter(Member::belongs).forEach(members::add);
            Long next = page.next();
            if (next == null) {
                return members;
            }
            after = next;
        }
    }

    /**
     * Active members without a class teacher who still works here, from a stretch of the roster.
     *
     * @param after key after which to look, 0 for the start
     */
    @Transactional(readOnly = true)
    public Page<Member> without(long after, int limit) {
        Page<Member> page = roster.search(new Search(null, Standing.ACTIVE, null, null, after, limit));
        List<Long> working = staff.teachers().stream().map(StaffMember::id).toList();
        return new Page<>(
                page.items().stream()
                        .filter(member -> member.teacherId() == null || !working.contains(member.teacherId()))
                        .toList(),
                page.next());
    }

    /** Notes that a member's class teacher, or somebody for it, was in touch with the member. */
    public Contacted contacted(long memberId, String by, String note) {
        Long teacher = roster.get(memberId).teacherId();
        ContactLogRow row = new ContactLogRow(memberId, teacher, by, clock.instant(), note);
        entities.persist(row);
        return row.view();
    }

    /** Contacts with a member, newest first. */
    @Transactional(readOnly = true)
    public List<Contacted> contacts(long memberId, int limit) {
        return entities.createQuery("from ContactLogRow where memberId = :member order by id desc", ContactLogRow.class)
                .setParameter("member", memberId)
                .setMaxResults(limit)
                .getResultStream()
                .map(ContactLogRow::view)
                .toList();
    }

    /** How many contacts a class teacher's members had, first and last day included. */
    @Transactional(readOnly = true)
    public int contacts(long staffId, LocalDate from, LocalDate to) {
        Long count = entities.createQuery(
                        "select count(*) from ContactLogRow where staffId = :staff and at >= :from and at < :to",
                        Long.class)
                .setParameter("staff", staffId)
                .setParameter("from", midnight(from))
                .setParameter("to", midnight(to.plusDays(1)))
                .getSingleResult();
        return Math.toIntExact(count);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }
}
