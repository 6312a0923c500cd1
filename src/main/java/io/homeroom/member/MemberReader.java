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

    private static final String MEMBER =
            "select id, name, kind, grade, standing, joined_on, since_on, ended_on, ended_as, applied_on, announced_on,"
                    + " listed_from, listed_to, suspended_since, has_number, teacher_id, branch, employer_id, code_sealed,"
                    + " posts, sanctions, data, review_on from member where association_id = :association and id ";

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
            jdbc.sql(MEMBER + "in (:ids) order by id")
                    .param("association", Tenant.current())
                    .param("ids", ids)
                    .query(row -> {
                        Member member = member(row);
                        found.put(member.id(), member);
                    });
        }
        return found;
    }

    private Member member(ResultSet row) throws SQLException {
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
                row.getObject("review_on", LocalDate.class),
                row.getObject("applied_on", LocalDate.class),
                row.getObject("announced_on", LocalDate.class),
                row.getObject("listed_from", LocalDate.class),
                row.getObject("listed_to", LocalDate.class),
                sanctions.convertToEntityAttribute(row.getString("sanctions")),
                fields.convertToEntityAttribute(row.getString("data")));
    }
}
