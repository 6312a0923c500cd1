package io.homeroom.care;

import io.homeroom.classroom.ReportPeriod;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.dues.Bill;
import io.homeroom.dues.BillState;
import io.homeroom.dues.Bills;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.liaison.Classes;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Outstanding liaisons: a class teacher names those of units that respond and communicate well, the secretariat confirms
 * (WHJX-10-5). The bylaw gives neither period nor number: it is done by half-years, for the one that is running or the one
 * just over, and a unit whose fees are overdue is not named.
 */
@Service
@Transactional
public class Nominations {

    private static final int LONGEST = 300;
    private static final String WHAT = "nomination";
    private static final String SECRETARIAT = "秘书处";
    private static final String SHOWN =
            "select id, member_id, half_year, person, why, contacts, stories, in_time, state,"
                    + " made_on, made_by, settled_on, reason from nomination where association_id = :association";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Roster roster;
    private final Contacts contacts;
    private final Classes classes;
    private final Bills bills;
    private final Lawbook law;
    private final Audit audit;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Nominations(
            JdbcClient jdbc,
            Lockbox lockbox,
            Roster roster,
            Contacts contacts,
            Classes classes,
            Bills bills,
            Lawbook law,
            Audit audit,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.roster = roster;
        this.contacts = contacts;
        this.classes = classes;
        this.bills = bills;
        this.law = law;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /** A member whose liaison might be named, with the figures that speak for it. */
    public record Candidate(Member member, String person, int contacts, int stories, boolean inTime) {

        /** 联系6次，采用稿件1篇，会费按时. */
        public String figures() {
            return Nomination.said(contacts, stories, inTime);
        }
    }

    /** The clauses that speak of it; none where the bylaws do not. */
    @Transactional(readOnly = true)
    public List<String> clauses() {
        Rulebook.Teacher rule = law.of(clock.today()).teacher();
        return rule == null ? List.of() : rule.nominates();
    }

    /** The half-year that is proposed for by itself: the one just over, in its first three months, else the running one. */
    @Transactional(readOnly = true)
    public ReportPeriod period() {
        ReportPeriod now = now();
        return clock.today().isBefore(now.from().plusMonths(3)) ? now.before() : now;
    }

    private ReportPeriod now() {
        return ReportPeriod.halfYear(law.of(clock.today()), clock.today());
    }

    /** Who of these members might be named for a half-year and is not yet, the most active first. */
    @Transactional(readOnly = true)
    public List<Candidate> candidates(Collection<Member> members, ReportPeriod period) {
        List<Long> ids = members.stream().map(Member::id).toList();
        if (ids.isEmpty() || clauses().isEmpty()) {
            return List.of();
        }
        List<Long> named = of(period).stream().map(Nomination::memberId).toList();
        Map<Long, Integer> touched = classes.contactsOf(ids, period.from(), period.to());
        Map<Long, Integer> accepted = stories(ids, period);
        Map<Long, List<Bill>> all = bills.ofAll(ids);
        Map<Long, List<Contact>> people = contacts.ofAll(ids);
        LocalDate today = clock.today();
        return members.stream()
                .filter(member -> !named.contains(member.id()))
                .filter(member ->
                        all.getOrDefault(member.id(), List.of()).stream().noneMatch(bill -> bill.overdue(today)))
                .flatMap(member -> people.getOrDefault(member.id(), List.of()).stream()
                        .filter(contact -> contact.role() == Role.LIAISON)
                        .limit(1)
                        .map(liaison -> new Candidate(
                                member,
                                liaison.name(),
                                touched.getOrDefault(member.id(), 0),
                                accepted.getOrDefault(member.id(), 0),
                                inTime(all.getOrDefault(member.id(), List.of()), period))))
                .filter(candidate -> candidate.contacts() + candidate.stories() > 0)
                .sorted(Comparator.comparingInt(
                                (Candidate one) -> one.contacts() + 2 * one.stories() + (one.inTime() ? 1 : 0))
                        .reversed())
                .toList();
    }

    private Map<Long, Integer> stories(List<Long> members, ReportPeriod period) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("select member_id, count(*) from story where association_id = :association and member_id in (:members)"
                        + " and state = 'accepted' and submitted_on between :from and :to group by member_id")
                .param("association", Tenant.current())
                .param("members", members)
                .param("from", period.from())
                .param("to", period.to())
                .query(row -> {
                    counts.put(row.getLong(1), row.getInt(2));
                });
        return counts;
    }

    private static boolean inTime(List<Bill> all, ReportPeriod period) {
        return all.stream()
                .filter(bill -> bill.state() != BillState.CANCELLED)
                .filter(bill -> bill.dueOn() != null
                        && !bill.dueOn().isBefore(period.from())
                        && !bill.dueOn().isAfter(period.to()))
                .allMatch(Bill::paidInTime);
    }

    /** Names a member's liaison. Whether this person may name it is for the caller to decide. */
    public Outcome<Nomination> nominate(long memberId, ReportPeriod period, String words, String by) {
        List<String> cite = clauses();
        if (cite.isEmpty()) {
            return Outcome.refused("制度没有推荐优秀联络员这一条");
        }
        Member member = roster.get(memberId);
        String why = words.strip();
        ReportPeriod now = now();
        if (!period.equals(now) && !period.equals(now.before())) {
            return Outcome.refused(new Refusal(cite, "只能推荐本半年或刚过去的半年的", null));
        }
        if (why.isEmpty() || why.length() > LONGEST) {
            return Outcome.refused(new Refusal(cite, "请写一句推荐理由，最多" + LONGEST + "个字", null));
        }
        // Two at the same moment would both find none.
        jdbc.sql("select id from member where association_id = :association and id = :member for update")
                .param("association", Tenant.current())
                .param("member", memberId)
                .query(Long.class)
                .list();
        if (of(period).stream().anyMatch(one -> one.memberId() == memberId)) {
            return Outcome.refused(new Refusal(cite, member.name() + period.title() + "已经推荐过了", null));
        }
        if (!member.belongs() || bills.overdue(memberId, clock.today())) {
            return Outcome.refused(new Refusal(cite, member.name() + "有逾期未缴的会费或不在籍，不能推荐", null));
        }
        Optional<Contact> liaison = contacts.of(memberId).stream()
                .filter(contact -> contact.role() == Role.LIAISON)
                .findFirst();
        if (liaison.isEmpty()) {
            return Outcome.refused(new Refusal(cite, member.name() + "没有登记联络员", null));
        }
        int touched = classes.contactsOf(List.of(memberId), period.from(), period.to())
                .getOrDefault(memberId, 0);
        int accepted = stories(List.of(memberId), period).getOrDefault(memberId, 0);
        long id = Ids.next();
        jdbc.sql("insert into nomination (association_id, id, member_id, half_year, person, why, contacts,"
                        + " stories, in_time, state, made_on, made_by, reason) values (:association, :id, :member,"
                        + " :half, :person, :why, :contacts, :stories, :intime, 'proposed', :day, :by, '')")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", memberId)
                .param("half", period.from())
                .param("person", lockbox.seal(liaison.get().name()))
                .param("why", why)
                .param("contacts", touched)
                .param("stories", accepted)
                .param("intime", inTime(bills.of(memberId), period))
                .param("day", clock.today())
                .param("by", by)
                .update();
        audit.note(by, "liaison-nominated", memberId, period.title() + "优秀联络员", cite.toArray(String[]::new));
        events.publishEvent(Tell.of(
                        SECRETARIAT,
                        memberId,
                        WHAT,
                        "推荐" + member.name() + "的联络员为" + period.title() + "优秀联络员，请在「报告」里确认")
                .cites(cite)
                .once(WHAT + ":" + id));
        return Outcome.done(find(id).orElseThrow());
    }

    /** Confirms one, which the member hears, or does not, with a reason; its class teacher hears either. */
    public Outcome<Nomination> settle(long id, boolean confirmed, String words, String by) {
        Nomination one = rows(" and id = :id for update")
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No nomination " + id));
        String reason = words.strip();
        if (one.state() != Nomination.State.PROPOSED) {
            return Outcome.refused("这份推荐已经办过了");
        }
        if (!confirmed && (reason.isEmpty() || reason.length() > LONGEST)) {
            return Outcome.refused("不采纳请写明原因（最多" + LONGEST + "个字），班主任会看到");
        }
        jdbc.sql("update nomination set state = :state, reason = :reason, settled_on = :day, settled_by = :by"
                        + " where association_id = :association and id = :id")
                .param("state", confirmed ? "confirmed" : "declined")
                .param("reason", confirmed ? "" : reason)
                .param("day", clock.today())
                .param("by", by)
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        String half = ReportPeriod.halfYearFrom(one.halfYear()).title();
        audit.note(by, "nomination-settled", one.memberId(), half + (confirmed ? "优秀联络员：确认" : "优秀联络员：不采纳"));
        String name = roster.get(one.memberId()).name();
        events.publishEvent(Tell.of(
                        "teacher",
                        one.memberId(),
                        WHAT,
                        confirmed ? name + "的" + half + "优秀联络员推荐已确认" : name + "的优秀联络员推荐没有采纳：" + reason)
                .cites(clauses())
                .once(WHAT + ":" + id + ":settled"));
        if (confirmed) {
            events.publishEvent(
                    Tell.of("member", one.memberId(), WHAT, "贵单位联络员" + one.person() + "被评为" + half + "优秀联络员，感谢积极响应和沟通")
                            .cites(clauses())
                            .once(WHAT + ":" + id + ":member"));
        }
        return Outcome.done(find(id).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Optional<Nomination> find(long id) {
        return rows(" and id = :id")
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional();
    }

    /** Those of a half-year, in the order in which they were made; also where half-years began otherwise then. */
    @Transactional(readOnly = true)
    public List<Nomination> of(ReportPeriod period) {
        return rows(" and half_year between :from and :to order by id")
                .param("from", period.from())
                .param("to", period.to())
                .query((row, n) -> shown(row))
                .list();
    }

    private JdbcClient.StatementSpec rows(String where) {
        return jdbc.sql(SHOWN + where).param("association", Tenant.current());
    }

    private Nomination shown(ResultSet row) throws SQLException {
        return new Nomination(
                row.getLong("id"),
                row.getLong("member_id"),
                row.getObject("half_year", LocalDate.class),
                lockbox.open(row.getString("person")),
                row.getString("why"),
                row.getInt("contacts"),
                row.getInt("stories"),
                row.getBoolean("in_time"),
                Nomination.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("made_on", LocalDate.class),
                row.getString("made_by"),
                row.getObject("settled_on", LocalDate.class),
                row.getString("reason"));
    }
}
