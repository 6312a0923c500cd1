package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was recorded of bodies for days to come: a recess, seats, a term, a change of council. Each holds from its day. */
@Service
@Transactional
public class BodyPlans {

    private static final String COLUMNS = "select id, body, from_on, in_recess, in_office, by_roster, term_ends_on,"
            + " changed_on, recorded_by from body_plan where association_id = :association";

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final BusinessClock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    BodyPlans(JdbcClient jdbc, Bodies bodies, BusinessClock clock, Audit audit, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /** Records a change for a day to come. */
    public Outcome<BodyPlan> plan(BodyPlan wanted, String by) {
        Optional<Refusal> refusal = bodies.unknown(wanted.body()).or(() -> against(wanted));
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        BodyPlan plan = new BodyPlan(
                Ids.next(),
                wanted.body(),
                wanted.from(),
                wanted.recess(),
                wanted.inOffice(),
                wanted.byRoster(),
                wanted.termEnds(),
                wanted.changed());
        try {
            keep(plan, by);
        } catch (DuplicateKeyException e) {
            return Outcome.refused(twice(plan)); // somebody else was faster
        }
        audit.note(by, "body-planned", null, plan.body() + "自" + plan.from() + "起：" + plan.says());
        return Outcome.done(plan);
    }

    private static Refusal twice(BodyPlan plan) {
        return new Refusal(plan.body() + "在" + plan.from() + "已预先登记过变化，要改请先撤销那一条");
    }

    private void keep(BodyPlan plan, String by) {
        jdbc.sql("insert into body_plan (association_id, id, body, from_on, in_recess, in_office, by_roster,"
                        + " term_ends_on, changed_on, recorded_by) values (:association, :id, :body, :from, :recess,"
                        + " :seats, :roster, :ends, :changed, :by)")
                .param("association", Tenant.current())
                .param("id", plan.id())
                .param("body", plan.body())
                .param("from", plan.from())
                .param("recess", plan.recess())
                .param("seats", plan.inOffice())
                .param("roster", plan.byRoster())
                .param("ends", plan.termEnds())
                .param("changed", plan.changed())
                .param("by", by)
                .update();
    }

    private Optional<Refusal> against(BodyPlan wanted) {
        LocalDate today = clock.today();
        if (!wanted.from().isAfter(today)) {
            return Optional.of(new Refusal("预先登记的日子要在今天之后；今天起的请在“改这些”里登记"));
        }
        if (wanted.from().isAfter(today.plusYears(1))) {
            return Optional.of(new Refusal(wanted.from() + "离今天超过一年，请核对"));
        }
        if (wanted.isEmpty()) {
            return Optional.of(new Refusal("没有写从那天起变什么"));
        }
        if (coming(wanted.body()).stream().anyMatch(plan -> plan.from().equals(wanted.from()))) {
            return Optional.of(twice(wanted));
        }
        return bodies.impossible(wanted.upon(bodies.state(wanted.body())), wanted.from());
    }

    /** What is recorded for days to come, of one body, the next first. */
    @Transactional(readOnly = true)
    public List<BodyPlan> coming(String body) {
        return jdbc.sql(COLUMNS + " and body = :body order by from_on")
                .param("association", Tenant.current())
                .param("body", body)
                .query((row, n) -> plan(row))
                .list();
    }

    /** Takes back what was recorded; refused once its day has come. */
    public Outcome<BodyPlan> cancel(long id, String by) {
        Optional<BodyPlan> plan = jdbc.sql(COLUMNS + " and id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> plan(row))
                .optional();
        if (plan.isEmpty()) {
            return Outcome.refused("这一条已经生效或撤销，页面已过期，请刷新");
        }
        drop(id);
        audit.note(
                by,
                "body-plan-cancelled",
                null,
                plan.get().body() + "自" + plan.get().from() + "起：" + plan.get().says());
        return Outcome.done(plan.get());
    }

    /** When the next change takes effect after a day; what was missed does so on the day after it. */
    @Transactional(readOnly = true)
    Optional<LocalDate> next(LocalDate after) {
        return jdbc.sql("select from_on from body_plan where association_id = :association order by from_on limit 1")
                .param("association", Tenant.current())
                .query(LocalDate.class)
                .optional()
                .map(day -> day.isAfter(after) ? day : after.plusDays(1));
    }

    /** Lets what was recorded up to a day hold, in the order of days; a second time there is nothing left. */
    void takeEffect(LocalDate day) {
        record Due(BodyPlan plan, String by) {}
        jdbc.sql(COLUMNS + " and from_on <= :day order by from_on, id for update")
                .param("association", Tenant.current())
                .param("day", day)
                .query((row, n) -> new Due(plan(row), row.getString("recorded_by")))
                .list()
                .forEach(due -> {
                    BodyPlan plan = due.plan();
                    drop(plan.id());
                    BodyState now = bodies.state(plan.body());
                    Outcome<BodyState> outcome = bodies.change(now, plan.upon(now), due.by());
                    // The rulebook or the body may have become another since it was recorded.
                    String became = outcome instanceof Outcome.Refused<BodyState> refused
                            ? "（预先登记的，没有生效：" + refused.refusal().reason() + "。请重新登记）"
                            : "（预先登记的，现已生效）";
                    events.publishEvent(Tell.of(
                                    "秘书处",
                                    null,
                                    "body-changed",
                                    plan.body() + "自" + plan.from() + "起" + plan.says() + became)
                            .once("body-plan:" + plan.id()));
                });
    }

    private void drop(long id) {
        jdbc.sql("delete from body_plan where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .update();
    }

    private static BodyPlan plan(ResultSet row) throws SQLException {
        return new BodyPlan(
                row.getLong("id"),
                row.getString("body"),
                row.getObject("from_on", LocalDate.class),
                row.getObject("in_recess", Boolean.class),
                row.getObject("in_office", Integer.class),
                row.getBoolean("by_roster"),
                row.getObject("term_ends_on", LocalDate.class),
                row.getObject("changed_on", LocalDate.class));
    }
}
