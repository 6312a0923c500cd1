package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
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
 * What members have said about the day on which they will pay. One word at a time holds for a member: a later one takes
 * its place. Whether a promise was kept is told here by the room that knows the money (WHJX-8-5a).
 */
@Service
@Transactional
public class Promises {

    private static final int FURTHEST_DAYS = 366;
    private static final String COLUMNS = "select id, member_id, staff_id, promised_on, pay_on, note, made_by, state,"
            + " settled_on from promise where association_id = :association";

    private final JdbcClient jdbc;
    private final Roster roster;
    private final Classes classes;
    private final Audit audit;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Promises(
            JdbcClient jdbc,
            Roster roster,
            Classes classes,
            Audit audit,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.roster = roster;
        this.classes = classes;
        this.audit = audit;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Records a member's word, as a contact too; the same day said again changes nothing. Refused for a day that is over
     * or more than a year away, and for whoever does not belong. Publishes {@link Promised}.
     */
    public Outcome<Promise> promise(long memberId, LocalDate payOn, String note, String by) {
        LocalDate today = clock.today();
        if (payOn.isBefore(today)) {
            return Outcome.refused("承诺的付款日不能早于今天，请写今天或以后的日子");
        }
        if (payOn.isAfter(today.plusDays(FURTHEST_DAYS))) {
            return Outcome.refused("承诺的付款日最远一年以内");
        }
        roster.hold(memberId);
        Member member = roster.get(memberId);
        if (!member.belongs()) {
            return Outcome.refused("“" + member.name() + "”现在不是会员，没有要付的会费");
        }
        Optional<Promise> open = open(memberId);
        if (open.isPresent() && open.get().payOn().equals(payOn)) {
            return Outcome.done(open.get());
        }
        open.ifPresent(before -> settle(before, Promise.State.REPLACED, today));
        Promise promise = new Promise(
                Ids.next(), memberId, member.teacherId(), today, payOn, note.strip(), by, Promise.State.OPEN, null);
        jdbc.sql("insert into promise (association_id, id, member_id, staff_id, promised_on, pay_on, note, made_by,"
                        + " made_at, state) values (:association, :id, :member, :staff, :today, :pay, :note, :by, :at,"
                        + " 'open')")
                .param("association", Tenant.current())
                .param("id", promise.id())
                .param("member", memberId)
                .param("staff", member.teacherId())
                .param("today", today)
                .param("pay", payOn)
                .param("note", Covers.cut(promise.note(), 1000))
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
        String said = "承诺" + Days.dated(payOn) + "付款";
        classes.contacted(memberId, by, promise.note().isEmpty() ? said : said + "：" + promise.note());
        audit.note(by, "promised", memberId, said);
        events.publishEvent(new Promised(promise));
        return Outcome.done(promise);
    }

    /** The word that holds for a member. */
    @Transactional(readOnly = true)
    public Optional<Promise> open(long memberId) {
        return Optional.ofNullable(open(List.of(memberId)).get(memberId));
    }

    /** The words that hold for many members, in one query. */
    @Transactional(readOnly = true)
    public Map<Long, Promise> open(Collection<Long> members) {
        Map<Long, Promise> found = new HashMap<>();
        if (!members.isEmpty()) {
            jdbc.sql(COLUMNS + " and state = 'open' and member_id in (:members)")
                    .param("association", Tenant.current())
                    .param("members", members)
                    .query(Promises::read)
                    .list()
                    .forEach(promise -> found.put(promise.memberId(), promise));
        }
        return found;
    }

    /** All that a member has ever promised, newest first. */
    @Transactional(readOnly = true)
    public List<Promise> of(long memberId) {
        return jdbc.sql(COLUMNS + " and member_id = :member order by id desc")
                .param("association", Tenant.current())
                .param("member", memberId)
                .query(Promises::read)
                .list();
    }

    /** Open promises whose day is over, from a stretch; by key. */
    @Transactional(readOnly = true)
    public List<Promise> overdue(LocalDate today, long after, int limit) {
        return jdbc.sql(COLUMNS + " and state = 'open' and pay_on < :today and id > :after order by id limit :limit")
                .param("association", Tenant.current())
                .param("today", today)
                .param("after", after)
                .param("limit", limit)
                .query(Promises::read)
                .list();
    }

    /** The earliest day of an open promise that is this day or later. */
    @Transactional(readOnly = true)
    public Optional<LocalDate> nextDay(LocalDate from) {
        return jdbc.sql("select pay_on from promise where association_id = :association and state = 'open'"
                        + " and pay_on >= :from order by pay_on limit 1")
                .param("association", Tenant.current())
                .param("from", from)
                .query(LocalDate.class)
                .optional();
    }

    /** Everything is paid: the member's open promise, if any, was kept. */
    public void kept(long memberId) {
        open(memberId).ifPresent(promise -> settle(promise, Promise.State.KEPT, clock.today()));
    }

    /** The day is over and something is still owed. Publishes {@link PromiseBroken}; a second time changes nothing. */
    public void broken(Promise promise, LocalDate day) {
        if (settle(promise, Promise.State.BROKEN, day)) {
            events.publishEvent(new PromiseBroken(promise));
        }
    }

    private boolean settle(Promise promise, Promise.State state, LocalDate day) {
        return jdbc.sql("update promise set state = :state, settled_on = :day where association_id = :association"
                                + " and id = :id and state = 'open'")
                        .param("state", state.code())
                        .param("day", day)
                        .param("association", Tenant.current())
                        .param("id", promise.id())
                        .update()
                == 1;
    }

    private static Promise read(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        return new Promise(
                row.getLong("id"),
                row.getLong("member_id"),
                row.getObject("staff_id", Long.class),
                row.getObject("promised_on", LocalDate.class),
                row.getObject("pay_on", LocalDate.class),
                row.getString("note"),
                row.getString("made_by"),
                Promise.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("settled_on", LocalDate.class));
    }
}
