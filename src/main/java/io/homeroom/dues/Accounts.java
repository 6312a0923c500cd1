package io.homeroom.dues;

import io.homeroom.ground.Tenant;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Hands out members' accounts, each to one transaction at a time. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Accounts {

    private final EntityManager rows;
    private final JdbcClient jdbc;

    Accounts(EntityManager rows, JdbcClient jdbc) {
        this.rows = rows;
        this.jdbc = jdbc;
    }

    /** Begins a member's account, with the day up to which dues were paid before. */
    void begin(long member, @Nullable LocalDate paidThrough) {
        jdbc.sql("insert into dues_account (association_id, member_id, paid_through) values (:association,"
                        + " :member, :day)")
                .param("association", Tenant.current())
                .param("member", member)
                .param("day", paidThrough, java.sql.Types.DATE)
                .update();
    }

    private record Head(@Nullable LocalDate paidThrough) {}

    private Optional<Head> head(long member) {
        return jdbc.sql("select paid_through from dues_account where association_id = :association"
                        + " and member_id = :member for update")
                .param("association", Tenant.current())
                .param("member", member)
                .query((row, n) -> new Head(row.getObject("paid_through", LocalDate.class)))
                .optional();
    }

    /** The account, locked until the transaction ends and as everybody before has left it. */
    Account lock(long member) {
        rows.flush();
        Head head = head(member).orElseGet(() -> {
            begin(member, null);
            return new Head(null);
        });
        List<BillRow> bills = current("from BillRow b where b.memberId = :member order by b.id", BillRow.class, member);
        List<BookingRow> bookings =
                current("from BookingRow b where b.memberId = :member order by b.paymentId", BookingRow.class, member);
        List<AllocationRow> allocations =
                current("from AllocationRow a where a.memberId = :member order by a.id", AllocationRow.class, member);
        return new Account(rows, member, head.paidThrough(), bills, bookings, allocations);
    }

    private <T> List<T> current(String query, Class<T> type, long member) {
        // Locking reads see the latest rows. Entities enter the persistence context here only: other reads of this room
        // go
        // past it, so none of them can be older than the lock.
        return rows.createQuery(query, type)
                .setParameter("member", member)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }
}
