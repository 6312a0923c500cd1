package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.ReadingValues;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How the association reads what its bylaws leave open: chosen by the secretariat, from a day on, never for the past. What
 * was decided before stays as it was; every member is looked at anew on that day.
 */
@Service
@Transactional
public class Readings {

    private static final int LONGEST = 200;

    private final JdbcClient jdbc;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Losses losses;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Readings(
            JdbcClient jdbc,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Losses losses,
            Audit audit,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.losses = losses;
        this.audit = audit;
        this.events = events;
    }

    /** A reading was chosen; after the commit the law is read anew. */
    record Changed(String key) {}

    /**
     * A choice that was made.
     *
     * @param value null for what the rulebook file says
     */
    public record Choice(
            String key, @Nullable String value, LocalDate from, String why, LocalDate setOn, String setBy) {}

    /** All choices about a reading, newest first. */
    @Transactional(readOnly = true)
    public List<Choice> history(String key) {
        return jdbc.sql("select name, reads_as, from_on, why, set_on, set_by from reading"
                        + " where association_id = :association and name = :name order by id desc")
                .param("association", Tenant.current())
                .param("name", key)
                .query((row, n) -> new Choice(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getString(4),
                        row.getObject(5, LocalDate.class),
                        row.getString(6)))
                .list();
    }

    List<Lawbook.Chosen> chosen() {
        return jdbc.sql("select name, reads_as, from_on from reading where association_id = :association order by id")
                .param("association", Tenant.current())
                .query((row, n) ->
                        new Lawbook.Chosen(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class)))
                .list();
    }

    /**
     * Chooses how a point is read from a day on.
     *
     * @param said the new value or what people call it, or null for what the rulebook file says
     * @param from today or later
     * @param why why it is read so; kept with the choice
     */
    public Outcome<Choice> choose(String key, @Nullable String said, LocalDate from, String why, String by) {
        String value = said == null ? null : ReadingValues.value(key, said);
        Rulebook book = law.of(from);
        Rulebook.Reading now = book.readings().get(key);
        if (now == null) {
            return Outcome.refused("规则书没有“" + key + "”这个读法");
        }
        String written = now.value();
        if (written == null) {
            return Outcome.refused(new Refusal(
                    now.cite(), "这一处由规则书里的 " + String.join("、", now.at()) + " 决定，没有单独的值：请在它的页上改那几行，先看影响再施行", null));
        }
        String fault = value == null ? null : ReadingValues.fault(key, value);
        if (fault == null && from.isBefore(clock.today())) {
            fault = "不能从过去的日子起改，最早从今天" + clock.today() + "起";
        }
        if (fault == null && why.isBlank()) {
            fault = "请写明为什么这样读，会随设置留存";
        }
        if (fault == null && written.equals(value)) {
            fault = from + "起本来就是“" + ReadingValues.word(key, written) + "”，不用改";
        }
        if (fault != null) {
            return Outcome.refused(new Refusal(now.cite(), fault, null));
        }
        String kept = why.strip().substring(0, Math.min(LONGEST, why.strip().length()));
        jdbc.sql("insert into reading (association_id, id, name, reads_as, from_on, why, set_on, set_by)"
                        + " values (:association, :id, :name, :value, :from, :why, :day, :by)")
                .param("association", Tenant.current())
                .param("id", Ids.next())
                .param("name", key)
                .param("value", value, java.sql.Types.VARCHAR)
                .param("from", from)
                .param("why", kept)
                .param("day", clock.today())
                .param("by", by)
                .update();
        audit.note(
                by,
                "reading-chosen",
                null,
                "“" + now.title() + "”由“" + ReadingValues.word(key, written) + "”改为“"
                        + (value == null ? "规则书原值" : ReadingValues.word(key, value)) + "”，" + from + "起。" + kept,
                now.cite().toArray(String[]::new));
        roster.touchEverybody(from);
        if (from.equals(clock.today()) && !book.onePerson()) {
            // On later days the night does it.
            losses.alertApart(Lawbook.on(law.choosing(Tenant.current(), new Lawbook.Chosen(key, value, from)), from));
        }
        events.publishEvent(new Changed(key));
        return Outcome.done(new Choice(key, value, from, kept, clock.today(), by));
    }
}
