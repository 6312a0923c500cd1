package io.homeroom.member;

import io.homeroom.ground.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads members past the persistence context: Hibernate translates even a look by key anew in each session that has a
 * tenant, and every answer and every night begins with this look. {@link Roster} writes nothing that it does not flush,
 * so the table is never behind.
 */
@Component
class MemberReader {

    /** What {@link #member} wants to read, of the table as {@code m}. */
    static final String COLUMNS = "m.id, m.name, m.kind, m.grade, m.standing, m.joined_on, m.since_on, m.ended_on,"
            + " m.ended_as, m.applied_on, m.announced_on, m.listed_from, m.listed_to, m.suspended_since, m.restored_on,"
            + " m.has_number, m.teacher_id, m.branch, m.employer_id, m.code_sealed, m.posts, m.sanctions, m.data,"
            + " m.review_on";

    private static final String MEMBER =
            "select " + COLUMNS + " from member m where m.association_id = :association and m.id ";

    private final JdbcClient jdbc;
    private final SealedText sealed;
    private final Json.Words words = new Json.Words();
    private final Json.Sanctions sanctions = new Json.Sanctions();
    private final Json.Fields fields = new Json.Fields();

    MemberReader(JdbcClient jdbc, SealedText sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    Optional<Member> find(long id) {
        return jdbc.sql(MEMBER + "= :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> member(row))
                .optional();
    }

    /** Members of these keys, by age. */
    Map<Long, Member> find(Collection<Long> ids) {
        Map<Long, Member> found = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql(MEMBER + "in (:ids) order by m.id")
                    .param("association", Tenant.current())
                    .param("ids", ids)
                    .query(row -> {
                        Member member = member(row);
                        found.put(member.id(), member);
                    });
        }
        return found;
    }

    /** The member of a row that has {@link #COLUMNS}. */
    Member member(ResultSet row) throws SQLException {
        String endedAs = row.getString("ended_as");
        return new Member(
                row.getLong("id"),
                row.getString("name"),
                Kind.of(row.getString("kind")),
                row.getString("grade"),
                Standing.of(row.getString("standing")),
                row.getObject("joined_on", LocalDate.class),
                row.getObject("since_on", LocalDate.class),
                row.getObject("ended_on", LocalDate.class),
                endedAs == null ? null : EndedAs.of(endedAs),
                sealed.convertToEntityAttribute(row.getString("code_sealed")),
                row.getObject("teacher_id", Long.class),
                row.getString("branch"),
                row.getObject("employer_id", Long.class),
                row.getBoolean("has_number"),
                words.convertToEntityAttribute(row.getString("posts")),
                row.getObject("suspended_since", LocalDate.class),
                row.getObject("restored_on", LocalDate.class),
                row.getObject("review_on", LocalDate.class),
                row.getObject("applied_on", LocalDate.class),
                row.getObject("announced_on", LocalDate.class),
                row.getObject("listed_from", LocalDate.class),
                row.getObject("listed_to", LocalDate.class),
                sanctions.convertToEntityAttribute(row.getString("sanctions")),
                fields.convertToEntityAttribute(row.getString("data")));
    }
}
