package io.homeroom.liaison;

import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reminders that were not sent to members because their class teachers have the debts in hand (WHJX-8-5a). */
@Component
@Transactional
public class HeldReminders {

    private final JdbcClient jdbc;

    HeldReminders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A reminder of a bill: so many days after its last day. */
    public record Held(long bill, int days) {}

    /** Notes one; again it changes nothing. */
    public void note(Held held, long member, LocalDate day) {
        jdbc.sql("insert ignore into held_reminder (association_id, bill_id, days, member_id, held_on) values"
                        + " (:association, :bill, :days, :member, :day)")
                .param("association", Tenant.current())
                .param("bill", held.bill())
                .param("days", held.days())
                .param("member", member)
                .param("day", day)
                .update();
    }

    /** Those of these bills. */
    @Transactional(readOnly = true)
    public Set<Held> of(Collection<Long> bills) {
        if (bills.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select bill_id, days from held_reminder where association_id = :association"
                        + " and bill_id in (:bills)")
                .param("association", Tenant.current())
                .param("bills", bills)
                .query((row, n) -> new Held(row.getLong("bill_id"), row.getInt("days")))
                .list());
    }
}
