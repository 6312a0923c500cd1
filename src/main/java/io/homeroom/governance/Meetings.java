package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Meetings that were held, who was absent, and what absences lead to at once. */
@Service
@Transactional
public class Meetings {

    private final EntityManager entities;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Bodies bodies;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Meetings(
            EntityManager entities,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Bodies bodies,
            Audit audit,
            ApplicationEventPublisher events) {
        this.entities = entities;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.bodies = bodies;
        this.audit = audit;
        this.events = events;
    }

    /** Who stood in for a member that did not come itself. */
    public enum StandIn {
        /** Another person of the same unit. */
        OWN,
        /** Somebody from elsewhere. */
        OTHER
    }

    /**
     * Records a meeting held today. Whoever belongs to the body and is not named was present, or replied.
     *
     * @param remote held by mail or online
     * @param absent ids of members that were not there
     * @param standIns members that were represented
     * @return the meeting's id; refused for a body that the rulebook does not know, or that must meet in person
     */
    public Outcome<Long> record(
            String body, boolean remote, Collection<Long> absent, Map<Long, StandIn> standIns, String by) {
        Optional<Refusal> bound = remote ? bodies.boundToMeet(body) : Optional.empty();
        if (bound.isPresent()) {
            return Outcome.refused(bound.get());
        }
        return record(body, clock.today(), remote, absent, standIns, by);
    }

    /** {@link #record} for a meeting that was planned, and held to the bylaws then, on this day or before it. */
    Outcome<Long> record(
            String body,
            LocalDate day,
            boolean remote,
            Collection<Long> absent,
            Map<Long, StandIn> standIns,
            String by) {
        Rulebook book = law.of(clock.today());
        if (!book.bodies().containsKey(body)) {
            return Outcome.refused(
                    "没有“" + body + "”这个会议，可选：" + String.join("、", book.bodies().keySet()));
        }
        MeetingRow meeting = new MeetingRow(body, day, remote);
        entities.persist(meeting);
        audit.note(by, "meeting", null, body + " " + day + (remote ? "（通讯）" : ""));
        Set<Long> missing = new TreeSet<>(absent);
        standIns.forEach((member, standIn) -> {
            if (againstStandIn(book, body, roster.get(member), standIn).isEmpty()) {
                missing.remove(member);
            } else {
                missing.add(member);
            }
        });
        boolean silent =
                remote && book.readings().containsKey("remote-silence-counts") && !book.says("remote-silence-counts");
        for (long id : missing) {
            Member member = roster.get(id);
            if (!member.belongs() || !Bodies.fits(book, book.bodies().get(body), member)) {
                continue;
            }
            entities.persist(new AbsenceRow(id, meeting.id(), body, day, silent));
            if (!silent) {
                follow(book, body, member, day, by);
                events.publishEvent(new Absent(id, body, day, by));
            }
        }
        events.publishEvent(new MeetingHeld(meeting.id(), body, day, by));
        return Outcome.done(meeting.id());
    }

    /**
     * Why a stand-in does not make a member present; empty where it does. Only units are represented by others, and only by
     * those whom the body takes (DSIA-4-3f, DSIA-4-6d, IGRS-20-A4).
     */
    static Optional<Refusal> againstStandIn(Rulebook book, String body, Member member, StandIn standIn) {
        if (member.kind() != Kind.UNIT) {
            return Optional.of(new Refusal(standInCite(book, body), "个人成员须本人出席，不能由别人代", null));
        }
        if (!accepts(book, body, StandIn.OWN)) {
            return Optional.of(new Refusal(standInCite(book, body), body + "须由代表人本人出席，别人来不算出席；可以只请假", null));
        }
        return accepts(book, body, standIn)
                ? Optional.empty()
                : Optional.of(new Refusal(standInCite(book, body), body + "只能由本单位的人代为出席，外单位的人来不算出席", null));
    }

    /** Clauses about who may come to a body's meetings for somebody else. */
    static List<String> standInCite(Rulebook book, String body) {
        Rulebook.Body rule = book.bodies().get(body);
        Set<String> cite = new LinkedHashSet<>(rule == null ? List.of() : rule.standInCite());
        book.attendance().stream().filter(one -> one.body().equals(body)).forEach(one -> cite.addAll(one.cite()));
        return List.copyOf(cite);
    }

    /** Whether the body takes such a stand-in: its rules may want people of the same unit, or none at all. */
    static boolean accepts(Rulebook book, String body, StandIn standIn) {
        Set<String> accepted = book.attendance().stream()
                .filter(rule -> rule.body().equals(body))
                .map(Rulebook.Attendance::standIn)
                .collect(Collectors.toSet());
        Rulebook.Body rule = book.bodies().get(body);
        if (accepted.isEmpty() && rule != null) {
            accepted.add(rule.standIn() == null ? "own" : rule.standIn());
        }
        return !accepted.contains("none") && (standIn == StandIn.OWN || !accepted.contains("own"));
    }

    /** Records an absence of the past, without consequences: what was known before this register began. */
    public void given(long member, String body, LocalDate day) {
        List<Long> there = entities.createQuery(
                        "select id from MeetingRow where body = :body and heldOn = :day", Long.class)
                .setParameter("body", body)
                .setParameter("day", day)
                .getResultList();
        long meeting;
        if (there.isEmpty()) {
            MeetingRow row = new MeetingRow(body, day, false);
            entities.persist(row);
            meeting = row.id();
        } else {
            meeting = there.get(0);
        }
        entities.persist(new AbsenceRow(member, meeting, body, day, false));
    }

    /** What the absences in a row lead to under each rule about this body. */
    private void follow(Rulebook book, String body, Member member, LocalDate day, String by) {
        for (Rulebook.Attendance rule : book.attendance()) {
            if (!rule.body().equals(body) || !concerned(book, rule, member)) {
                continue;
            }
            Integer limit = rule.limit();
            if (limit == null) {
                tell(rule.tell(), member, member.name() + "缺席" + day + "的" + body, rule.cite());
                continue;
            }
            int row = inARow(member.id(), body);
            if (row >= limit) {
                fall(book, rule, limit, member, day, by);
            } else if (rule.warn().contains(row)) {
                String ahead = "已连续" + row + "次缺席" + body + "，连续" + limit + "次将"
                        + (rule.fallsTo() != null
                                ? "自动转为" + rule.fallsTo()
                                : rule.grades().isEmpty() ? "自动失去该职务" : "自动降级");
                tell(List.of("member"), member, "你单位" + ahead, rule.cite());
                tell(rule.warnTell(), member, member.name() + ahead, rule.cite());
            }
        }
    }

    private void tell(List<String> whom, Member member, String text, List<String> cite) {
        for (String to : whom) {
            events.publishEvent(Tell.of(to, member.id(), "absence", text).cites(cite));
        }
    }

    static boolean concerned(Rulebook book, Rulebook.Attendance rule, Member member) {
        if (rule.grades().contains(member.grade())) {
            return true;
        }
        return rule.posts().stream()
                .anyMatch(wanted -> member.posts().stream()
                        .anyMatch(held -> rule.only() ? held.equals(wanted) : book.includes(held, wanted)));
    }

    private void fall(Rulebook book, Rulebook.Attendance rule, int limit, Member member, LocalDate day, String by) {
        String clause = rule.cite().get(0);
        String text;
        String to = rule.fallsTo();
        if (!rule.grades().isEmpty()) {
            String lower = to == null
                    ? book.grades().get(book.rank(member.grade()) - 1).name()
                    : to;
            roster.record(
                    member.id(), Entry.of(EntryKind.GRADE, day, clause, by).with("grade", lower));
            text = member.name() + "连续" + limit + "次缺席" + rule.body() + "，自动由" + member.grade() + "降为" + lower;
        } else {
            List<Entry> entries = new ArrayList<>();
            for (String held : member.posts()) {
                boolean exactly = rule.only() || !book.holds("linked-posts-fall");
                boolean falls =
                        rule.posts().stream().anyMatch(post -> exactly ? held.equals(post) : book.includes(held, post));
                if (falls) {
                    entries.add(Entry.of(EntryKind.POST_LOST, day, clause, by).with("post", held));
                }
            }
            boolean keeps = entries.isEmpty();
            if (!keeps && to != null && member.posts().stream().noneMatch(held -> held.equals(to))) {
                entries.add(Entry.of(EntryKind.POST_GAINED, day, clause, by).with("post", to));
            }
            roster.record(member.id(), entries.toArray(Entry[]::new));
            text = member.name() + "连续" + limit + "次缺席" + rule.body()
                    + (keeps
                            ? "，按现行读法由它产生的职务不随之失去，请研究"
                            : to == null ? "，自动失去" + String.join("、", rule.posts()) : "，自动转为" + to);
        }
        entities.createQuery("from AbsenceRow where memberId = :member and body = :body", AbsenceRow.class)
                .setParameter("member", member.id())
                .setParameter("body", rule.body())
                .getResultList()
                .forEach(AbsenceRow::spend);
        audit.note(by, "absent-too-often", member.id(), text, rule.cite().toArray(String[]::new));
        tell(List.of("member"), member, text, rule.cite());
        tell(rule.tell(), member, text, rule.cite());
    }

    /** Absences from the body's latest meetings without a break, as of now; what lies before the bylaws took effect is not judged. */
    @Transactional(readOnly = true)
    public int inARow(long member, String body) {
        Map<Long, AbsenceRow> missed = new HashMap<>();
        entities.createQuery("from AbsenceRow where memberId = :member and body = :body", AbsenceRow.class)
                .setParameter("member", member)
                .setParameter("body", body)
                .getResultList()
                .forEach(row -> missed.put(row.meetingId(), row));
        if (missed.isEmpty()) {
            return 0;
        }
        int row = 0;
        List<Long> meetings = entities.createQuery(
                        "select id from MeetingRow where body = :body and heldOn >= :effective order by heldOn desc, id"
                                + " desc",
                        Long.class)
                .setParameter("body", body)
                .setParameter(
                        "effective",
                        law.editions(Tenant.current()).get(0).edition().from())
                .setMaxResults(missed.size() + 1)
                .getResultList();
        for (long meeting : meetings) {
            AbsenceRow absence = missed.get(meeting);
            if (absence == null || absence.spent()) {
                return row;
            }
            if (!absence.silent()) {
                row++;
            }
        }
        return row;
    }

    /** Absences from meetings of these bodies within a span that ends on a day, that day included. */
    @Transactional(readOnly = true)
    public int within(long member, Collection<String> bodies, Span span, LocalDate end) {
        LocalDate begin = io.homeroom.ground.Deadlines.before(end, span);
        return Math.toIntExact(entities.createQuery(
                        "select count(*) from AbsenceRow where memberId = :member and body in :bodies and silent ="
                                + " false and heldOn > :begin and heldOn <= :end",
                        Long.class)
                .setParameter("member", member)
                .setParameter("bodies", bodies)
                .setParameter("begin", begin)
                .setParameter("end", end)
                .getSingleResult());
    }

    /** Days on which the body met, first to last, both included. */
    @Transactional(readOnly = true)
    public List<LocalDate> heldBetween(String body, LocalDate first, LocalDate last) {
        return entities.createQuery(
                        "select heldOn from MeetingRow where body = :body and heldOn between :first and :last order by"
                                + " heldOn",
                        LocalDate.class)
                .setParameter("body", body)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList();
    }

    /** Days on which each of these members was absent from the body. */
    @Transactional(readOnly = true)
    public Map<Long, List<LocalDate>> absencesOf(Collection<Long> members, String body) {
        Map<Long, List<LocalDate>> days = new HashMap<>();
        if (members.isEmpty()) {
            return days;
        }
        entities.createQuery(
                        "select memberId, heldOn from AbsenceRow where body = :body and memberId in :members order by"
                                + " heldOn",
                        Object[].class)
                .setParameter("body", body)
                .setParameter("members", members)
                .getResultList()
                .forEach(row -> days.computeIfAbsent((Long) row[0], id -> new ArrayList<>())
                        .add((LocalDate) row[1]));
        return days;
    }
}
