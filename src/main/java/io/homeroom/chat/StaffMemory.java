package io.homeroom.chat;

import io.homeroom.ground.Tenant;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The question that a command has open with a colleague, one at a time, in the database: any node may hear the answer. */
@Component
class StaffMemory {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clock wire;

    StaffMemory(JdbcClient jdbc, @Qualifier("wireClock") Clock wire) {
        this.jdbc = jdbc;
        this.wire = wire;
    }

    /** A question: whose it is, and what the answer will need. */
    record Asked(String command, Map<String, String> facts) {}

    /** Leaves a question open for half an hour; it takes the place of any other. */
    void ask(long staffId, String command, Map<String, String> facts) {
        if (write(
                        "update staff_talk set command = :command, facts = :facts, expires_at = :expires"
                                + " where association_id = :association and staff_id = :staff",
                        staffId,
                        command,
                        facts)
                == 0) {
            try {
                write(
                        "insert into staff_talk (association_id, staff_id, command, facts, expires_at)"
                                + " values (:association, :staff, :command, :facts, :expires)",
                        staffId,
                        command,
                        facts);
            } catch (DuplicateKeyException raced) {
                ask(staffId, command, facts);
            }
        }
    }

    private int write(String sql, long staffId, String command, Map<String, String> facts) {
        return jdbc.sql(sql)
                .param("association", Tenant.current())
                .param("staff", staffId)
                .param("command", command)
                .param("facts", MAPPER.writeValueAsString(facts))
                .param("expires", LocalDateTime.ofInstant(wire.instant().plus(Memory.PATIENCE), ZoneOffset.UTC))
                .update();
    }

    /** The question that waits for this person's answer. */
    Optional<Asked> open(long staffId) {
        return jdbc.sql("select command, facts from staff_talk where association_id = :association"
                        + " and staff_id = :staff and expires_at > :now")
                .param("association", Tenant.current())
                .param("staff", staffId)
                .param("now", LocalDateTime.ofInstant(wire.instant(), ZoneOffset.UTC))
                .query((row, n) -> new Asked(row.getString("command"), MAPPER.readValue(row.getString("facts"), FACTS)))
                .optional();
    }

    /** No question is open any more. */
    void settle(long staffId) {
        jdbc.sql("delete from staff_talk where association_id = :association and staff_id = :staff")
                .param("association", Tenant.current())
                .param("staff", staffId)
                .update();
    }
}
