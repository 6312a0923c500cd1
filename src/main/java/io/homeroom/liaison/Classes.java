package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.NewTask;
import io.homeroom.desk.Role;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Clauses;
import io.homeroom.ground.Mask;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who looks after whom. A member has one class teacher at a time; the history is in the member's ledger. */
@Service
@Transactional
public class Classes {

    /** The rulebook's reading of 一对一 (WHJX-7): how many members one class teacher may have, or {@code none}. */
    private static final String MOST = "members-per-teacher";

    private static final int HAND_OVER_DAYS = 7;
    private static final int HAND_OVER_NAMES = 500;
    private static final int TRADE = 2;

    private final Roster roster;
    private final Staff staff;
    private final Tasks tasks;
    private final Audit audit;
    private final Lawbook law;
    private final BusinessClock clock;
    private final EntityManager entities;
    private final ApplicationEventPublisher events;

    Classes(
            Roster roster,
            Staff staff,
            Tasks tasks,
            Audit audit,
            Lawbook law,
            BusinessClock clock,
            EntityManager entities,
            ApplicationEventPublisher events) {
        this.roster = roster;
        this.staff = staff;
        this.tasks = tasks;
        this.audit = audit;
        this.law = law;
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
        if (member.standing() == Standing.ENDED || member.standing() == Standing.NONE) {
            return Outcome.refused(gone(member, clauses));
        }
        Refusal full = full(staffId, 1);
        if (full != null) {
            return Outcome.refused(full);
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
        settle(memberId, by);
        former.ifPresent(old -> passOn(member, old, teacher.get(), by, clauses));
        tasks.open(NewTask.of("group-invitation", teacher.get().address(), "邀请“" + member.name() + "”的联络人加入班级群")
                .about(memberId)
                .cites(clauses)
                .once("group-invitation:" + memberId + ":" + staffId + ":" + today));
        audit.note(by, "teacher-assigned", memberId, "班主任：" + name, clauses.toArray(String[]::new));
        return Outcome.done(roster.get(memberId));
    }

    private static Refusal gone(Member member, List<String> clauses) {
        return new Refusal(clauses, "“" + member.name() + "”不是在籍会员，不能指派班主任", null);
    }

    /** How many members one class teacher may have; empty where the bylaws are read to set no limit. */
    @Transactional(readOnly = true)
    public OptionalInt most() {
        return law.of(clock.today())
                .setting(MOST)
                .filter(value -> !value.equals("none"))
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElse(OptionalInt.empty());
    }

    /**
     * Why a class teacher cannot take more members; null if it can.
     *
     * @param more how many, beside those it has
     */
    @Transactional(readOnly = true)
    public @Nullable Refusal full(long staffId, int more) {
        OptionalInt most = most();
        if (most.isEmpty()) {
            return null;
        }
        int has = roster.classSizes().getOrDefault(staffId, 0);
        if (has + more <= most.getAsInt()) {
            return null;
        }
        String name = staff.find(staffId).map(StaffMember::name).orElse("这位");
        return new Refusal(
                law.of(clock.today()).grounds(MOST),
                "一位班主任最多带" + most.getAsInt() + "家，" + name + "老师现有" + has + "家：请换一位，或者先把它带的交给别的老师",
                null);
    }

    /** The assignment is done with it; the former teacher's invitation is off. */
    private void settle(long memberId, String by) {
        for (Task task : tasks.open(memberId)) {
            if (task.what().equals("assign-teacher")) {
                tasks.done(task.id(), List.of(), by);
            } else if (task.what().equals("group-invitation")) {
                tasks.cancel(task.id(), by);
            }
        }
    }

    /** What waits goes along, and the former teacher gets one checklist for all that it hands to the new one that day. */
    private void passOn(Member member, StaffMember from, StaffMember to, String by, List<String> clauses) {
        tasks.search(TaskSearch.unfinished()
                        .member(member.id())
                        .to(from.address())
                        .page(0, Integer.MAX_VALUE))
                .forEach(task -> tasks.hand(task.id(), to.address(), by));
        if (!from.active()) {
            return; // what a leaver had is the secretariat's to hand over
        }
        String key = "hand-over:" + from.id() + ":" + to.id() + ":" + clock.today();
        Optional<Task> there = tasks.byKey(key);
        String names =
                there.map(task -> task.data().getOrDefault("members", "")).orElse("");
        Set<String> members = new LinkedHashSet<>(names.isEmpty() ? List.of() : List.of(names.split("、")));
        members.add(member.name());
        String all = String.join("、", members);
        String text = "与" + to.name() + "老师交接" + members.size() + "家："
                + (all.length() > HAND_OVER_NAMES ? all.substring(0, HAND_OVER_NAMES) + "…" : all)
                + "。逐项交代：①联络员和负责人的电话 ②欠费、承诺付款日和最近一次联系 ③没办结的事（已转过去）④待寄和待取的证书、票据"
                + " ⑤班级群（转让群主或拉新班主任入群）⑥单位的诉求和习惯";
        Map<String, String> data = Map.of("members", all, "to", to.address());
        if (there.isPresent()) {
            tasks.amend(there.get().id(), text, data);
            entities.flush();
        } else {
            tasks.open(NewTask.of("hand-over", from.address(), text)
                    .due(clock.today().plusDays(HAND_OVER_DAYS))
                    .cites(clauses)
                    .with(data)
                    .once(key));
        }
    }

    private void tell(String to, Member member, String text, List<String> clauses) {
        events.publishEvent(Tell.of(to, member.id(), "class-teacher", text).cites(clauses));
    }

    /**
     * Gives several members to a class teacher: all or none. Answers how many it did not have already.
     *
     * @see #assign
     */
    public Outcome<Integer> handOver(List<Long> members, long staffId, String by, List<String> clauses) {
        for (Member member : roster.findAll(members).values()) {
            if (member.standing() == Standing.ENDED || member.standing() == Standing.NONE) {
                return Outcome.refused(gone(member, clauses));
            }
        }
        long fresh = roster.findAll(members).values().stream()
                .filter(member -> member.teacherId() == null || member.teacherId() != staffId)
                .count();
        Refusal full = fresh == 0 ? null : full(staffId, Math.toIntExact(fresh));
        if (full != null) {
            return Outcome.refused(full);
        }
        int moved = 0;
        for (long member : members) {
            Long before = roster.get(member).teacherId();
            Outcome<Member> assigned = assign(member, staffId, by, clauses);
            if (assigned instanceof Outcome.Refused<Member> refused) {
                return Outcome.refused(refused.refusal()); // the same for every member, so none was moved
            }
            moved += before != null && before == staffId ? 0 : 1;
        }
        return Outcome.done(moved);
    }

    /**
     * A class teacher that might take a member.
     *
     * @param load how many members it has
     * @param why what speaks for it
     */
    public record Choice(StaffMember teacher, int load, List<String> why) {

        public Choice {
            why = List.copyOf(why);
        }
    }

    /**
     * Who might look after a member, best first: by the nature of what each class has already (kind and grade), by main
     * business, and by load, so that classes stay of like size (WHJX-9-1); none whose class is full. The department decides.
     */
    @Transactional(readOnly = true)
    public List<Choice> suggest(long memberId) {
        Member member = roster.get(memberId);
        Map<Long, Integer> sizes = roster.classSizes();
        Map<Long, Integer> kin = roster.classSizes(member.kind(), member.grade());
        String trade = trade(member);
        Map<Long, Integer> colleagues = trade.isEmpty() ? Map.of() : roster.classSizes(trade);
        // An administrator may do everything, but has a class only where it was given one.
        OptionalInt most = most();
        List<StaffMember> teachers = staff.teachers().stream()
                .filter(teacher -> most.isEmpty() || sizes.getOrDefault(teacher.id(), 0) < most.getAsInt())
                .filter(teacher -> !teacher.roles().contains(Role.ADMIN) || sizes.containsKey(teacher.id()))
                .toList();
        double mean = teachers.stream()
                .mapToInt(teacher -> sizes.getOrDefault(teacher.id(), 0))
                .average()
                .orElse(0);
        record Scored(Choice choice, double points) {}
        return teachers.stream()
                .map(teacher -> {
                    int load = sizes.getOrDefault(teacher.id(), 0);
                    int same = kin.getOrDefault(teacher.id(), 0);
                    int business = colleagues.getOrDefault(teacher.id(), 0);
                    List<String> why = new ArrayList<>();
                    if (business > 0) {
                        why.add("班里有" + business + "家同业（" + trade + "）");
                    }
                    if (same > 0) {
                        why.add("同为" + member.grade() + "的" + same + "家");
                    }
                    why.add(load == 0 ? "班里还没有人" : "现有" + load + "家" + (load < mean ? "，低于平均" : ""));
                    double share = load == 0 ? 0 : (2.0 * business + same) / load;
                    return new Scored(new Choice(teacher, load, why), share - (load - mean) / Math.max(1, mean));
                })
                .sorted(Comparator.comparingDouble(Scored::points).reversed())
                .map(Scored::choice)
                .toList();
    }

    /** The main business as it is on record, else what the end of the name tells. */
    private static String trade(Member member) {
        String noted = member.data().getOrDefault("business", "");
        String name = member.name().replaceAll("(股份|责任|集团|有限|总|分|公司|（.*?）)+$", "");
        return !noted.isBlank() ? noted : name.length() > TRADE ? name.substring(name.length() - TRADE) : "";
    }

    /** How many members each class teacher has; key 0 counts those without one. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> sizes() {
        return roster.classSizes();
    }

    /** That somebody became a member's class teacher on a day; staff id 0 for nobody. */
    public record Term(LocalDate from, long staffId, String by) {}

    /** All class teachers that a member has had, oldest first. */
    @Transactional(readOnly = true)
    public List<Term> history(long memberId) {
        return roster.history(memberId).stream()
                .filter(entry -> entry.kind() == EntryKind.TEACHER)
                .map(entry -> {
                    String teacher = entry.data().getOrDefault("teacher", "");
                    return new Term(entry.on(), teacher.isEmpty() ? 0 : Long.parseLong(teacher), entry.by());
                })
                .toList();
    }

    /** The member's class teacher, if it has one who still works here. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> teacherOf(long memberId) {
        return roster.find(memberId).flatMap(this::teacherOf);
    }

    /** The same for a member as just read. */
    @Transactional(readOnly = true)
    public Optional<StaffMember> teacherOf(Member member) {
        return Optional.ofNullable(member.teacherId()).flatMap(staff::find).filter(StaffMember::active);
    }

    /** A class teacher's members, by age. */
    @Transactional(readOnly = true)
    public List<Member> classOf(long staffId) {
        List<Member> members = new ArrayList<>();
        long after = 0;
        while (true) {
            Page<Member> page = roster.search(new Search(null, null, null, List.of(staffId), after, 200));
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

    /** The latest contact with each of many members, in one query; members without any are left out. */
    @Transactional(readOnly = true)
    public Map<Long, Contacted> lastContacts(Collection<Long> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "from ContactLogRow c where c.id in (select max(o.id) from ContactLogRow o"
                                + " where o.memberId in :members group by o.memberId)",
                        ContactLogRow.class)
                .setParameter("members", members)
                .getResultStream()
                .map(ContactLogRow::view)
                .collect(Collectors.toMap(Contacted::memberId, Function.identity()));
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

    /** With how many members a class teacher was in touch, first and last day included. */
    @Transactional(readOnly = true)
    public int reached(long staffId, LocalDate from, LocalDate to) {
        Long count = entities.createQuery(
                        "select count(distinct memberId) from ContactLogRow where staffId = :staff and at >= :from"
                                + " and at < :to",
                        Long.class)
                .setParameter("staff", staffId)
                .setParameter("from", midnight(from))
                .setParameter("to", midnight(to.plusDays(1)))
                .getSingleResult();
        return Math.toIntExact(count);
    }

    /** How often each of many members was in touch, first and last day included; those never are left out. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> contactsOf(Collection<Long> members, LocalDate from, LocalDate to) {
        if (members.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery(
                        "select memberId, count(*) from ContactLogRow where memberId in :members and at >= :from"
                                + " and at < :to group by memberId",
                        Object[].class)
                .setParameter("members", members)
                .setParameter("from", midnight(from))
                .setParameter("to", midnight(to.plusDays(1)))
                .getResultStream()
                .collect(Collectors.toMap(row -> (Long) row[0], row -> Math.toIntExact((Long) row[1])));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }
}
