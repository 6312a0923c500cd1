package io.homeroom.review;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.member.MemberRows;
import io.homeroom.rulebook.Consequence;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has followed already: one row for each member and consequence, by which nothing follows twice. */
@Component
class DoneBook {

    private static final MemberRows.Columns COLUMNS = new MemberRows.Columns(
            "consequence", "consequence_once", List.of(), List.of("done_on"), List.of("consequence_key", "told_under"));

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

    /** All that followed, by member and key, as a part of what is read about them. */
    static MemberRows.Part part(Map<Long, Map<String, Entry>> into) {
        return new MemberRows.Part(
                COLUMNS,
                row -> into.computeIfAbsent(row.member(), id -> new HashMap<>())
                        .put(row.text(0), new Entry(row.day(0), row.text(1))));
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
