package io.homeroom.dues;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bill.
 *
 * @param id key
 * @param memberId who owes it
 * @param year the calendar year, the first one of a term
 * @param kind what it is for
 * @param amount in all
 * @param owed what is still open; zero for paid and cancelled ones
 * @param dueOn last day of payment in time, null where there is none
 * @param state where it stands
 * @param paidOn the day on which it was settled in full
 * @param why how the amount came about, in Chinese
 * @param clauses by which clauses
 * @param throughYear the last calendar year it covers
 * @param raisedOn business day on which it was made
 * @param caseId the case that asked for it, if any
 */
public record Bill(
        long id,
        long memberId,
        int year,
        BillKind kind,
        Money amount,
        Money owed,
        @Nullable LocalDate dueOn,
        BillState state,
        @Nullable LocalDate paidOn,
        String why,
        List<String> clauses,
        int throughYear,
        LocalDate raisedOn,
        @Nullable Long caseId) {

    /** What it is called: 2026年度会费, 2026年度会费补差, 2026—2029年度会费. */
    public String title() {
        return switch (kind) {
            case ANNUAL -> year + "年度会费";
            case TOP_UP -> year + "年度会费补差";
            case TERM -> throughYear > year ? year + "—" + throughYear + "年度会费" : year + "年度会费";
        };
    }

    /** Something is owed and the last day is over. */
    public boolean overdue(LocalDate day) {
        return state == BillState.OPEN && dueOn != null && day.isAfter(dueOn);
    }

    /** Settled, and not after its last day (IGRS-20-A3); also true for bills without one. */
    public boolean paidInTime() {
        return paidOn != null && (dueOn == null || !paidOn.isAfter(dueOn));
    }
}
