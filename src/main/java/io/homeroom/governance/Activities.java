package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Tenant;
import io.homeroom.member.MemberRows;
import io.homeroom.member.Roster;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Activities that were offered, and which members took part. Read with SQL: Hibernate translates a query anew in each
 * session that has a tenant, and this is asked with every answer about a standing.
 */
@Service
@Transactional
public class Activities {

    private static final MemberRows.Columns COLUMNS =
            new MemberRows.Columns("activity", "activity_member", List.of(), List.of("held_on"), List.of());

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final MemberRows reader;
    private final Roster roster;
    private final Audit audit;

    Activities(EntityManager entities, JdbcClient jdbc, MemberRows reader, Roster roster, Audit audit) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.reader = reader;
        this.roster = roster;
        this.audit = audit;
    }

    /** Records an activity and who took part; those members are looked at again at once. */
    public void record(LocalDate day, Collection<Long> present, String by) {
        offered(day);
        for (long member : present) {
            entities.persist(new ActivityRow(day, member));
            roster.touch(member);
        }
        entities.flush();
        audit.note(by, "activity", null, "活动 " + day + "，参加" + present.size() + "家");
    }

    /** Records that an activity was offered on a day; twice is once. */
    public void offered(LocalDate day) {
        if (!offeredBetween(day, day).isEmpty()) {
            return;
        }
        entities.persist(new ActivityRow(day, null));
        entities.flush();
    }

    /**
     * What was offered, and who took part.
     *
     * @param offered days on which an activity was offered, oldest first
     * @param attended days on which each member took part, oldest first; members that never did are left out
     */
    public record Participation(List<LocalDate> offered, Map<Long, List<LocalDate>> attended) {

        /** Where nothing is known yet. */
        public static Participation none() {
            return new Participation(new ArrayList<>(), new HashMap<>());
        }

        private void add(MemberRows.Row row) throws SQLException {
            Long member = row.memberOrNone();
            LocalDate day = row.day(0);
            List<LocalDate> days = member == null ? offered : attended.computeIfAbsent(member, id -> new ArrayList<>());
            int at = Collections.binarySearch(days, day);
            days.add(at < 0 ? -at - 1 : at, day);
        }
    }

    private List<LocalDate> offeredBetween(LocalDate first, LocalDate last) {
        return jdbc.sql("select held_on from activity where association_id = :association and member_id is null"
                        + " and held_on between :first and :last order by held_on")
                .param("association", Tenant.current())
                .param("first", first)
                .param("last", last)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list();
    }

    /** An activity that was held: its day, and how many members took part. */
    public record Past(LocalDate day, int members) {}

    /** The latest activities, the newest first. */
    @Transactional(readOnly = true)
    public List<Past> latest(int limit) {
        return jdbc.sql("select held_on, count(distinct member_id) as members from activity where association_id ="
                        + " :association group by association_id, held_on order by held_on desc limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> new Past(row.getObject("held_on", LocalDate.class), row.getInt("members")))
                .list();
    }

    /** When each of these members ever took part; members that never did are left out. */
    @Transactional(readOnly = true)
    public Map<Long, List<LocalDate>> attended(Collection<Long> members) {
        Participation taken = Participation.none();
        reader.read(members, List.of(new MemberRows.Part(COLUMNS, taken::add)));
        return taken.attended();
    }

    /**
     * What was offered between two days, both included, and when the members ever took part, as a part of what is read
     * about them.
     */
    public static MemberRows.Part part(LocalDate first, LocalDate last, Participation into) {
        return new MemberRows.Part(
                COLUMNS,
                "member_id in (:members) or member_id is null and held_on between :first and :last",
                Map.of("first", first, "last", last),
                into::add);
    }
}
