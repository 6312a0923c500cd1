package io.homeroom.member;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Tenant;
import io.homeroom.ground.Uscc;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who belongs. The only place that writes the ledger; a member's state is derived from it whole after every entry.
 * Works inside a tenant.
 */
@Service
@Transactional
public class Roster {

    private static final int MOST = 500;

    private final EntityManager rows;
    private final MemberReader reader;
    private final BranchBook branches;
    private final Contacts contacts;
    private final JdbcClient jdbc;
    private final BusinessClock clock;
    private final Clock wire;
    private final Lockbox lockbox;
    private final ApplicationEventPublisher events;

    Roster(
            EntityManager rows,
            MemberReader reader,
            BranchBook branches,
            Contacts contacts,
            JdbcClient jdbc,
            BusinessClock clock,
            @Qualifier("wireClock") Clock wire,
            Lockbox lockbox,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.reader = reader;
        this.branches = branches;
        this.contacts = contacts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.wire = wire;
        this.lockbox = lockbox;
        this.events = events;
    }

    /**
     * Enters somebody, with as much of its past as is known, due for review today.
     *
     * @throws IllegalArgumentException if the credit code is taken: ask {@link #byUscc} first
     */
    public Member enter(NewMember newcomer) {
        return enterAll(List.of(newcomer)).get(0);
    }

    /** {@link #enter} for many, in batches and in one transaction: all or none. */
    public List<Member> enterAll(List<NewMember> newcomers) {
        LocalDate today = clock.today();
        refuseTaken(newcomers);
        List<Member> entered = new ArrayList<>(newcomers.size());
        for (NewMember newcomer : newcomers) {
            entered.add(insert(newcomer, today));
        }
        rows.flush();
        for (int i = 0; i < entered.size(); i++) {
            Member member = entered.get(i);
            seats(member);
            branches.enter(member);
            events.publishEvent(new MemberEntered(member, newcomers.get(i).paidThrough()));
        }
        return entered;
    }

    private void refuseTaken(List<NewMember> newcomers) {
        List<String> codes = newcomers.stream()
                .map(NewMember::uscc)
                .filter(Objects::nonNull)
                .flatMap(code -> lockbox.indexes(Uscc.normal(code)).stream())
                .toList();
        if (codes.isEmpty()) {
            return;
        }
        List<String> taken = rows.createQuery(
                        "select m.name from MemberRow m where m.codeIndex in :codes", String.class)
                .setParameter("codes", codes)
                .getResultList();
        if (!taken.isEmpty()) {
            throw new IllegalArgumentException("On the roster already by their codes: " + taken);
        }
    }

    private Member insert(NewMember newcomer, LocalDate today) {
        MemberRow row = new MemberRow(Ids.next());
        if (newcomer.uscc() != null) {
            row.identify(Uscc.normal(newcomer.uscc()), lockbox);
        }
        row.reviewOn = today;
        List<Ledger.Line> lines = new ArrayList<>();
        for (Entry entry : Beginning.of(newcomer, today)) {
            EntryRow written = write(row.id, entry, today);
            lines.add(written.line());
        }
        Member member = Ledger.member(row.known(), lines, today);
        row.take(member);
        rows.persist(row);
        contacts.begin(row.id, newcomer.contacts());
        return member;
    }

    private EntryRow write(long member, Entry entry, LocalDate today) {
        EntryRow row = new EntryRow(Ids.next(), member, entry, wire.instant(), Ledger.wakes(entry, today));
        rows.persist(row);
        return row;
    }

    /** The member of a key, if the association has it. */
    @Transactional(readOnly = true)
    public Optional<Member> find(long id) {
        return reader.find(id);
    }

    /** Members by their keys; keys that are unknown are left out. */
    @Transactional(readOnly = true)
    public Map<Long, Member> findAll(Collection<Long> ids) {
        return reader.find(ids);
    }

    /** Names of members, read without anything else of them. */
    @Transactional(readOnly = true)
    public Map<Long, String> names(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("select id, name from member where association_id = :association and id in (:ids)")
                    .param("association", Tenant.current())
                    .param("ids", ids)
                    .query(row -> {
                        names.put(row.getLong(1), row.getString(2));
                    });
        }
        return names;
    }

    /**
     * The member of a key that must exist.
     *
     * @throws IllegalArgumentException if it does not
     */
    @Transactional(readOnly = true)
    public Member get(long id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("No member " + id));
    }

    /** Members in the order in which they were entered. */
    @Transactional(readOnly = true)
    public Page<Member> search(Search search) {
        if (search.limit() < 1 || search.limit() > MOST) {
            throw new IllegalArgumentException("A page has 1 to " + MOST + " members, not " + search.limit());
        }
        StringBuilder query = new StringBuilder("from MemberRow m where m.id > :after");
        Map<String, Object> facts = new HashMap<>();
        facts.put("after", search.after());
        String q = search.q() == null ? "" : search.q().strip();
        if (!q.isEmpty()) {
            query.append(" and (m.name like :q escape '!' or m.codeIndex in :codes)");
            facts.put("q", "%" + q.replaceAll("([!%_])", "!$1") + "%");
            facts.put("codes", lockbox.indexes(Uscc.normal(q)));
        }
        if (search.standing() != null) {
            query.append(" and m.standing = :standing");
            facts.put("standing", search.standing().code());
        }
        if (search.grade() != null) {
            query.append(" and m.grade = :grade");
            facts.put("grade", search.grade());
        }
        if (search.teachers() != null) {
            query.append(" and m.teacherId in :teachers");
            facts.put("teachers", search.teachers());
        }
        TypedQuery<MemberRow> found =
                rows.createQuery(query.append(" order by m.id").toString(), MemberRow.class);
        facts.forEach(found::setParameter);
        List<Member> members = found.setMaxResults(search.limit() + 1)
                .getResultStream()
                .map(MemberRow::show)
                .toList();
        if (members.size() <= search.limit()) {
            return new Page<>(members, null);
        }
        List<Member> shown = members.subList(0, search.limit());
        return new Page<>(shown, shown.get(shown.size() - 1).id());
    }

    /** The unit or person with a credit code or identity number, in whatever form it was typed. */
    @Transactional(readOnly = true)
    public Optional<Member> byUscc(String code) {
        return rows.createQuery("from MemberRow m where m.codeIndex in :codes", MemberRow.class)
                .setParameter("codes", lockbox.indexes(Uscc.normal(code)))
                .getResultStream()
                .findFirst()
                .map(MemberRow::show);
    }

    /**
     * Those who bear one of the codes or exactly one of the names, be they members, applicants or former ones.
     *
     * @param codes credit codes or identity numbers, in whatever form they were typed
     */
    @Transactional(readOnly = true)
    public List<Member> known(Collection<String> codes, Collection<String> names) {
        List<String> indexes = codes.stream()
                .flatMap(code -> lockbox.indexes(Uscc.normal(code)).stream())
                .toList();
        Map<Long, Member> found = new LinkedHashMap<>();
        if (!indexes.isEmpty()) {
            rows.createQuery("from MemberRow m where m.codeIndex in :codes", MemberRow.class)
                    .setParameter("codes", indexes)
                    .getResultStream()
                    .forEach(row -> found.put(row.id, row.show()));
        }
        if (!names.isEmpty()) {
            rows.createQuery("from MemberRow m where m.name in :names", MemberRow.class)
                    .setParameter("names", names)
                    .getResultStream()
                    .forEach(row -> found.put(row.id, row.show()));
        }
        return List.copyOf(found.values());
    }

    /** Those who are in one of these branches, be it their first or another, by age. */
    @Transactional(readOnly = true)
    public List<Member> inBranches(Collection<String> wanted) {
        return findAll(branches.in(wanted)).values().stream()
                .filter(Member::belongs)
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** The branches in which anybody is, by name. */
    @Transactional(readOnly = true)
    public List<String> branches() {
        return branches.all();
    }

    /** People on the roster who work for a member. */
    @Transactional(readOnly = true)
    public List<Member> employees(long employer) {
        return rows.createQuery("from MemberRow m where m.employerId = :employer order by m.id", MemberRow.class)
                .setParameter("employer", employer)
                .getResultStream()
                .map(MemberRow::show)
                .toList();
    }

    /** Notes a member's credit code or identity number. It is kept sealed and outside the ledger. */
    public void identify(long id, String uscc) {
        MemberRow row = locked(id);
        row.identify(Uscc.normal(uscc), lockbox);
        rows.flush();
    }

    /**
     * Appends to a member's ledger and derives its state anew; the member is due for review today.
     *
     * @throws IllegalArgumentException for an unknown member or an entry that lacks what its kind requires
     */
    public void record(long member, Entry... entries) {
        LocalDate today = clock.today();
        MemberRow row = locked(member);
        for (Entry entry : entries) {
            write(member, entry, today);
        }
        restate(row, today);
        for (Entry entry : entries) {
            if (!entry.on().isAfter(today)) {
                events.publishEvent(new MemberChanged(member, entry));
            }
        }
    }

    private MemberRow locked(long id) {
        MemberRow row = rows.find(MemberRow.class, id);
        if (row == null) {
            throw new IllegalArgumentException("No member " + id);
        }
        rows.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        return row;
    }

    private void restate(MemberRow row, LocalDate today) {
        rows.flush();
        // A locking read sees what others committed while this transaction waited for the member.
        List<Ledger.Line> lines = rows.createQuery("from EntryRow e where e.memberId = :member", EntryRow.class)
                .setParameter("member", row.id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .map(EntryRow::line)
                .toList();
        List<String> before = row.posts;
        List<String> wasIn = row.show().branches();
        Member member = Ledger.member(row.known(), lines, today);
        row.take(member);
        if (row.reviewOn == null || row.reviewOn.isAfter(today)) {
            row.reviewOn = today;
        }
        rows.flush();
        if (!before.equals(member.posts())) {
            jdbc.sql("delete from member_post where association_id = :association and member_id = :member")
                    .param("association", Tenant.current())
                    .param("member", row.id)
                    .update();
            seats(member);
        }
        if (!wasIn.equals(member.branches())) {
            branches.move(member);
        }
    }

    private void seats(Member member) {
        for (String post : member.posts()) {
            jdbc.sql("insert into member_post (association_id, post, member_id) values (:association, :post, :member)")
                    .param("association", Tenant.current())
                    .param("post", post)
                    .param("member", member.id())
                    .update();
        }
    }

    /** A member's ledger by the day of effect, without what was annulled. */
    @Transactional(readOnly = true)
    public List<Entry> history(long member) {
        return lines(member).stream()
                .filter(line -> line.annulledOn() == null)
                .map(Ledger.Line::entry)
                .toList();
    }

    private List<Ledger.Line> lines(long member) {
        return rows.createQuery("from EntryRow e where e.memberId = :member order by e.onDay, e.id", EntryRow.class)
                .setParameter("member", member)
                .getResultStream()
                .map(EntryRow::line)
                .toList();
    }

    /**
     * A member as it stood on a day, as far as is known now: later entries that reach back are counted, and what was
     * annulled counts until the day of its annulment.
     */
    @Transactional(readOnly = true)
    public Member asOf(long member, LocalDate day) {
        MemberRow row = rows.find(MemberRow.class, member);
        if (row == null) {
            throw new IllegalArgumentException("No member " + member);
        }
        return Ledger.member(row.known(), lines(member), day);
    }

    /** Takes back, from a day on, every entry that a case made: its members stand as if it had never decided. */
    public void annul(long caseId, LocalDate day) {
        List<EntryRow> entries = rows.createQuery(
                        "from EntryRow e where e.caseId = :matter and e.annulledOn is null order by e.memberId",
                        EntryRow.class)
                .setParameter("matter", caseId)
                .getResultList();
        Set<Long> members = new LinkedHashSet<>();
        entries.forEach(entry -> members.add(entry.memberId));
        Map<Long, MemberRow> locked = new LinkedHashMap<>();
        members.forEach(member -> locked.put(member, locked(member)));
        entries.forEach(entry -> {
            entry.annulledOn = day;
            entry.wakesOn = null;
        });
        LocalDate today = clock.today();
        locked.forEach((member, row) -> {
            restate(row, today);
            events.publishEvent(new MemberRestated(member, caseId));
        });
    }

    /**
     * A member that is due.
     *
     * @param since the day from which it has been
     */
    public record Due(LocalDate since, long member) {}

    /**
     * Members whose review is due, those longest due first. This is the order of their index: who was looked at is left
     * behind, and each batch costs what it holds however many are due.
     *
     * @param after the last one seen, null for the start
     */
    @Transactional(readOnly = true)
    public List<Due> due(LocalDate day, @Nullable Due after, int limit) {
        // The hint keeps the cost with those due: by the primary key the whole roster might be walked.
        return jdbc.sql("select review_on, id from member use index (member_review)"
                        + " where association_id = :association and ("
                        + (after == null
                                ? "review_on <= :day"
                                : "review_on = :since and id > :after or review_on > :since and review_on <= :day")
                        + ") order by review_on, id limit :limit")
                .param("association", Tenant.current())
                .param("day", day)
                .param("since", after == null ? day : after.since())
                .param("after", after == null ? 0 : after.member())
                .param("limit", limit)
                .query((row, n) -> new Due(row.getObject(1, LocalDate.class), row.getLong(2)))
                .list();
    }

    /** {@link #due}, each member held until the transaction ends: a new fact waits and then makes it due again. */
    public List<Due> holdDue(LocalDate day, @Nullable Due after, int limit) {
        List<Due> due = due(day, after, limit);
        if (!due.isEmpty()) {
            jdbc.sql("select id from member where association_id = :association and id in (:due) order by id"
                            + " for update")
                    .param("association", Tenant.current())
                    .param("due", due.stream().map(Due::member).toList())
                    .query(Long.class)
                    .list();
        }
        return due;
    }

    /** Holds one member until the transaction ends. */
    public void hold(long member) {
        jdbc.sql("select id from member where association_id = :association and id = :id for update")
                .param("association", Tenant.current())
                .param("id", member)
                .query(Long.class)
                .optional();
    }

    /** The day of each member's latest entry of a kind, without what was annulled. */
    @Transactional(readOnly = true)
    public Map<Long, LocalDate> latest(EntryKind kind, Collection<Long> members) {
        Map<Long, LocalDate> days = new HashMap<>();
        if (!members.isEmpty()) {
            jdbc.sql("select member_id, max(on_day) from member_entry where association_id = :association"
                            + " and member_id in (:members) and kind = :kind and annulled_on is null"
                            + " group by member_id")
                    .param("association", Tenant.current())
                    .param("members", members)
                    .param("kind", kind.code())
                    .query(row -> {
                        days.put(row.getLong(1), row.getObject(2, LocalDate.class));
                    });
        }
        return days;
    }

    /** {@link #reviewed} for many. */
    public void reviewedAll(Map<Long, Optional<LocalDate>> next) {
        rows.flush();
        Map<Optional<LocalDate>, List<Long>> byDay = new HashMap<>();
        next.forEach((member, day) ->
                byDay.computeIfAbsent(day, d -> new ArrayList<>()).add(member));
        byDay.forEach((day, members) -> jdbc.sql(
                        "update member set review_on = :next where association_id = :association and id in (:ids)")
                .param("next", day.orElse(null), java.sql.Types.DATE)
                .param("association", Tenant.current())
                .param("ids", members)
                .update());
        next.keySet().forEach(this::forget);
    }

    /** Notes when a member is to be looked at again; null for not before something happens. */
    public void reviewed(long member, @Nullable LocalDate next) {
        rows.flush();
        jdbc.sql("update member set review_on = :next where association_id = :association and id = :id")
                .param("next", next, java.sql.Types.DATE)
                .param("association", Tenant.current())
                .param("id", member)
                .update();
        forget(member);
    }

    private void forget(long member) {
        MemberRow row = rows.getReference(MemberRow.class, member);
        rows.detach(row);
    }

    /** A new fact: the member is due today at the latest. */
    public void touch(long member) {
        touchAll(List.of(member));
    }

    /** {@link #touch} for many. */
    public void touchAll(Collection<Long> members) {
        touchAll(members, clock.today());
    }

    /** Everybody is due on a day at the latest, as when the rules change from then on. */
    public void touchEverybody(LocalDate day) {
        rows.flush();
        rows.clear();
        jdbc.sql("update member set review_on = :day where association_id = :association"
                        + " and (review_on is null or review_on > :day)")
                .param("day", day)
                .param("association", Tenant.current())
                .update();
    }

    /** The members are due on a day at the latest, as when a missed night is made up for. */
    public void touchAll(Collection<Long> members, LocalDate day) {
        if (members.isEmpty()) {
            return;
        }
        rows.flush();
        jdbc.sql("update member set review_on = :day where association_id = :association and id in (:ids)"
                        + " and (review_on is null or review_on > :day)")
                .param("day", day)
                .param("association", Tenant.current())
                .param("ids", members)
                .update();
        members.forEach(this::forget);
    }

    /** The first day on which any member is due. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> nextReview() {
        return jdbc.sql("select review_on from member where association_id = :association and review_on is not null"
                        + " order by review_on limit 1")
                .param("association", Tenant.current())
                .query(LocalDate.class)
                .optional();
    }

    /** How many members of a grade there are, those at rest included. */
    @Transactional(readOnly = true)
    public int count(String grade) {
        return jdbc.sql("select count(*) from member where association_id = :association and grade = :grade"
                        + " and standing in ('active', 'suspended')")
                .param("association", Tenant.current())
                .param("grade", grade)
                .query(Integer.class)
                .single();
    }

    /** How many members of a grade have their rights; those at rest are not counted. */
    @Transactional(readOnly = true)
    public int countActive(String grade) {
        return jdbc.sql("select count(*) from member where association_id = :association and grade = :grade"
                        + " and standing = 'active'")
                .param("association", Tenant.current())
                .param("grade", grade)
                .query(Integer.class)
                .single();
    }

    /** How many members each class teacher has, those at rest included; key 0 counts members without one. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> classSizes() {
        return classSizes("", Map.of());
    }

    /** {@link #classSizes()} of one kind and grade. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> classSizes(Kind kind, String grade) {
        return classSizes(" and kind = :kind and grade = :grade", Map.of("kind", kind.code(), "grade", grade));
    }

    /** {@link #classSizes()} of members whose name, or main business on record, has this word. */
    @Transactional(readOnly = true)
    public Map<Long, Integer> classSizes(String trade) {
        String plain = trade.replaceAll("([!%_])", "!$1");
        return classSizes(
                " and (name like :name escape '!' or data like :data escape '!')",
                Map.of("name", "%" + plain + "%", "data", "%\"business\":\"%" + plain + "%"));
    }

    private Map<Long, Integer> classSizes(String narrowed, Map<String, String> facts) {
        JdbcClient.StatementSpec query = jdbc.sql("select coalesce(teacher_id, 0) as teacher, count(*) as members"
                        + " from member where association_id = :association and standing in ('active', 'suspended')"
                        + narrowed + " group by coalesce(teacher_id, 0)")
                .param("association", Tenant.current());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            query = query.param(fact.getKey(), fact.getValue());
        }
        Map<Long, Integer> sizes = new HashMap<>();
        query.query(row -> {
            sizes.put(row.getLong("teacher"), row.getInt("members"));
        });
        return sizes;
    }

    /** How many members hold a post, exactly this one. */
    @Transactional(readOnly = true)
    public int countPost(String post) {
        return jdbc.sql("select count(*) from member_post where association_id = :association and post = :post")
                .param("association", Tenant.current())
                .param("post", post)
                .query(Integer.class)
                .single();
    }

    /** How many of those that hold a post, exactly this one, have their rights at rest. */
    @Transactional(readOnly = true)
    public int countResting(String post) {
        return jdbc.sql("select count(*) from member_post p join member m on m.association_id = p.association_id"
                        + " and m.id = p.member_id where p.association_id = :association and p.post = :post"
                        + " and m.standing = 'suspended'")
                .param("association", Tenant.current())
                .param("post", post)
                .query(Integer.class)
                .single();
    }

    /** The grades that current members have. */
    @Transactional(readOnly = true)
    public List<String> gradesHeld() {
        return jdbc.sql("select distinct grade from member where association_id = :association"
                        + " and standing in ('active', 'suspended') order by grade")
                .param("association", Tenant.current())
                .query(String.class)
                .list();
    }

    /** The posts that members hold. */
    @Transactional(readOnly = true)
    public List<String> postsHeld() {
        return jdbc.sql("select distinct post from member_post where association_id = :association order by post")
                .param("association", Tenant.current())
                .query(String.class)
                .list();
    }

    /** Members that hold a post, exactly this one. */
    @Transactional(readOnly = true)
    public List<Member> holders(String post) {
        List<Long> ids = jdbc.sql(
                        "select member_id from member_post where association_id = :association" + " and post = :post")
                .param("association", Tenant.current())
                .param("post", post)
                .query(Long.class)
                .list();
        return List.copyOf(findAll(ids).values());
    }

    /** Members with an entry that takes effect by itself on a day or has since; at most {@code limit}. */
    @Transactional(readOnly = true)
    List<Long> waking(LocalDate day, int limit) {
        return jdbc.sql("select distinct member_id from member_entry where association_id = :association"
                        + " and wakes_on <= :day order by member_id limit :limit")
                .param("association", Tenant.current())
                .param("day", day)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** The first day after {@code after} on which an entry takes effect by itself. */
    @Transactional(readOnly = true)
    Optional<LocalDate> nextWaking(LocalDate after) {
        return jdbc.sql("select wakes_on from member_entry where association_id = :association"
                        + " and wakes_on is not null order by wakes_on limit 1")
                .param("association", Tenant.current())
                .query(LocalDate.class)
                .optional()
                .map(day -> day.isAfter(after) ? day : after.plusDays(1));
    }

    /** Lets entries dated ahead, and sanctions that are over, have their effect. */
    void wake(long member, LocalDate day) {
        MemberRow row = locked(member);
        List<EntryRow> waking = rows.createQuery(
                        "from EntryRow e where e.memberId = :member and e.wakesOn <= :day order by e.id",
                        EntryRow.class)
                .setParameter("member", member)
                .setParameter("day", day)
                .getResultList();
        for (EntryRow entry : waking) {
            entry.wakesOn = Ledger.wakes(entry.show(), day);
        }
        restate(row, day);
        for (EntryRow entry : waking) {
            events.publishEvent(new MemberChanged(member, entry.show()));
        }
    }
}
