package io.homeroom.casework;

import io.homeroom.ground.Span;
import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deadlines in working days that have no date yet, because the calendar of a year is missing (XDOC-3). */
@Component
class Undated {

    private final JdbcClient jdbc;

    Undated(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What has a deadline. */
    enum Kind {
        CASE,
        TASK
    }

    /** A deadline without a date. */
    record Waiting(Kind kind, long id, LocalDate begun, Span span) {}

    void note(Kind kind, long id, LocalDate begun, Span span) {
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

    void drop(Kind kind, long id) {
        jdbc.sql("delete from undated where association_id = :association and kind = :kind and id = :id")
                .param("association", Tenant.current())
                .param("kind", kind.name())
                .param("id", id)
                .update();
    }

    List<Waiting> all() {
        return jdbc.sql("select kind, id, begun_on, span from undated where association_id = :association order by id")
                .param("association", Tenant.current())
                .query((row, number) -> new Waiting(
                        Kind.valueOf(row.getString(1)),
                        row.getLong(2),
                        row.getObject(3, LocalDate.class),
                        Span.parse(row.getString(4))))
                .list();
    }

    boolean any() {
        return !jdbc.sql("select id from undated where association_id = :association limit 1")
                .param("association", Tenant.current())
                .query(Long.class)
                .list()
                .isEmpty();
    }
}
