package io.homeroom.review;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Consequence;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has followed already: one row for each member and consequence, by which nothing follows twice. */
@Component
class DoneBook {

    private final JdbcClient jdbc;

    DoneBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What followed.
     *
     * @param toldUnder key of the notice that spoke for it; null if its own did
     */
    record Entry(LocalDate on, @Nullable String toldUnder) {}

    /** All that followed, by member and key. */
    Map<Long, Map<String, Entry>> of(Collection<Long> members) {
        Map<Long, Map<String, Entry>> done = new HashMap<>();
        jdbc.sql("select member_id, consequence_key, done_on, told_under from consequence"
                        + " where association_id = :association and member_id in (:members)")
                .param("association", Tenant.current())
                .param("members", members)
                .query(row -> {
                    done.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getString(2), new Entry(row.getObject(3, LocalDate.class), row.getString(4)));
                });
        return done;
    }

    /**
     * Notes that something follows; in the transaction that carries it out.
     *
     * @throws org.springframework.dao.DuplicateKeyException if another night was faster: the transaction must fail
     */
    void note(long member, Consequence consequence, LocalDate day, @Nullable String toldUnder) {
        @Nullable Long bill = consequence.bill();
        jdbc.sql("insert into consequence (association_id, id, member_id, consequence_key, rule, bill_id,"
                        + " told_under, done_on) values (:association, :id, :member, :key, :rule, :bill, :told,"
                        + " :day)")
                .param("association", Tenant.current())
                .param("id", Ids.next())
                .param("member", member)
                .param("key", consequence.key())
                .param("rule", consequence.rule())
                .param("bill", bill, java.sql.Types.BIGINT)
                .param("told", toldUnder, java.sql.Types.VARCHAR)
                .param("day", day)
                .update();
    }

    /** Forgets what followed a rule whose ground has gone for good and may come anew. */
    void forget(long member, String rule) {
        jdbc.sql("delete from consequence where association_id = :association and member_id = :member and rule = :rule")
                .param("association", Tenant.current())
                .param("member", member)
                .param("rule", rule)
                .update();
    }
}
