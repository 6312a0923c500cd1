package io.homeroom.desk;

import io.homeroom.ground.Refusal;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The log of acts: lines are added, never changed. Written in the transaction of the act, so that both stand or fall. */
@Service
@Transactional
public class Audit {

    private final EntityManager entities;
    private final BusinessClock clock;

    Audit(EntityManager entities, BusinessClock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Adds a line.
     *
     * @param by username, {@code member:ID} or {@code system}
     * @param act short code of what was done, at most 60 characters
     * @param detail what exactly, in Chinese; cut at 1,000 characters
     */
    public void note(String by, String act, @Nullable Long member, String detail, String... clauses) {
        entities.persist(new AuditRow(clock.instant(), by, act, member, detail, List.of(clauses)));
    }

    /** Adds a line about something that was refused, with the reason and its clauses. */
    public void refused(String by, String act, @Nullable Long member, Refusal refusal) {
        note(by, act, member, refusal.reason(), refusal.clauses().toArray(String[]::new));
    }

    /**
     * Lines from new to old.
     *
     * @param member only about this member
     * @param before id of the last line of the page before, 0 for the first page
     */
    @Transactional(readOnly = true)
    public List<AuditLine> lines(@Nullable Long member, long before, int limit) {
        String narrowed = member == null ? "" : " and memberId = :member";
        TypedQuery<AuditRow> query = entities.createQuery(
                        "from AuditRow where id < :before" + narrowed + " order by id desc", AuditRow.class)
                .setParameter("before", before == 0 ? Long.MAX_VALUE : before)
                .setMaxResults(limit);
        if (member != null) {
            query.setParameter("member", member);
        }
        return query.getResultStream().map(AuditRow::view).toList();
    }
}
