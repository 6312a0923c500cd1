package io.homeroom.casework;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Applications that are being written, one for each person and association. */
@Component
class Drafts {

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final BusinessClock clock;
    private final Enclosures enclosures;
    private final int keepDays;

    Drafts(
            JdbcClient jdbc,
            Lockbox lockbox,
            BusinessClock clock,
            Enclosures enclosures,
            @Value("${homeroom.applications.keep-drafts-days:30}") int keepDays) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.clock = clock;
        this.enclosures = enclosures;
        this.keepDays = keepDays;
    }

    /** What a person has written so far; empty, and kept nowhere, if nothing. */
    Draft find(String openid) {
        return read(openid, "");
    }

    /** The same, locked. */
    Draft hold(String openid) {
        return read(openid, " for update");
    }

    private Draft read(String openid, String lock) {
        return jdbc.sql("select id, fields, touched_on from draft where association_id = :association"
                        + " and openid = :openid" + lock)
                .param("association", Tenant.current())
                .param("openid", openid)
                .query((row, n) -> new Draft(
                        row.getLong("id"),
                        Json.map(lockbox.open(row.getString("fields"))),
                        enclosures.ofDraft(row.getLong("id")),
                        row.getObject("touched_on", LocalDate.class).plusDays(keepDays)))
                .optional()
                .orElseGet(() -> new Draft(0, Map.of(), List.of(), null));
    }

    /** The draft, made if need be and locked, so that two phones do not overwrite each other. */
    Draft begin(String openid) {
        Draft there = hold(openid);
        if (there.id() != 0) {
            return there;
        }
        try {
            jdbc.sql("insert into draft (association_id, id, openid, fields, touched_on)"
                            + " values (:association, :id, :openid, :fields, :day)")
                    .param("association", Tenant.current())
                    .param("id", Ids.next())
                    .param("openid", openid)
                    .param("fields", lockbox.seal(Json.write(Map.of())))
                    .param("day", clock.today())
                    .update();
        } catch (DuplicateKeyException raced) {
            // Somebody was faster with the same phone: theirs is as good.
        }
        return hold(openid);
    }

    void save(long id, Map<String, String> fields) {
        jdbc.sql("update draft set fields = :fields, touched_on = :day"
                        + " where association_id = :association and id = :id")
                .param("fields", lockbox.seal(Json.write(fields)))
                .param("day", clock.today())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
    }

    /** Throws one away, with its files. */
    void drop(long id) {
        enclosures.removeOfDraft(id);
        jdbc.sql("delete from draft where association_id = :association and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .update();
    }

    /** Throws away drafts at which nobody has written for so long. */
    void forget(LocalDate day) {
        jdbc.sql("select id from draft where association_id = :association and touched_on < :before")
                .param("association", Tenant.current())
                .param("before", day.minusDays(keepDays))
                .query(Long.class)
                .list()
                .forEach(this::drop);
    }

    /** The day on which the oldest draft has been kept long enough. */
    Optional<LocalDate> nextToForget() {
        return jdbc.sql("select min(touched_on) as oldest from draft where association_id = :association")
                .param("association", Tenant.current())
                .query((row, n) -> Optional.ofNullable(row.getObject("oldest", LocalDate.class)))
                .single()
                .map(oldest -> oldest.plusDays(keepDays + 1L));
    }
}
