package io.homeroom.desk;

import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deadlines in working days that have no date yet, because the calendar of a year is missing (XDOC-3). */
@Component
public class Undated {

    private final JdbcClient jdbc;

    Undated(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What has a deadline. */
    public enum Kind {
        CASE,
        TASK
    }

    /** A deadline without a date. */
    public record Waiting(Kind kind, long id, LocalDate begun, Span span) {}

    /** Notes that a deadline of so long, begun on a day, has no date; whatever was noted of it before is forgotten. */
    public void note(Kind kind, long id, LocalDate begun, Span span) {
        drop(kind, id);
        jdbc.sql("insert into undated (association_id, kind, id, begun_on, span)"
                        + " values (:association, :kind, :id, :begun, :span)")
                .param("association", Tenant.current())
                .param("kind", kind.name())
                .param("id", id)
                .param("begun", begun)
                .param("span", span.toString())
                .update();
    }

    /** Forgets a deadline: it has its date. */
    public void drop(Kind kind, long id) {
        jdbc.sql("delete from undated where association_id = :association and kind = :kind and id = :id")
                .param("association", Tenant.current())
                .param("kind", kind.name())
                .param("id", id)
                .update();
    }

    /** All of the association at work. */
    public List<Waiting> all() {
        return jdbc.sql("select kind, id, begun_on, span from undated where association_id = :association order by id")
                .param("association", Tenant.current())
                .query((row, number) -> new Waiting(
                        Kind.valueOf(row.getString(1)),
                        row.getLong(2),
                        row.getObject(3, LocalDate.class),
                        Span.parse(row.getString(4))))
                .list();
    }

    public boolean any() {
        return !jdbc.sql("select id from undated where association_id = :association limit 1")
                .param("association", Tenant.current())
                .query(Long.class)
                .list()
                .isEmpty();
    }
}
