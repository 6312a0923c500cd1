package io.homeroom.rulebook;

import java.time.LocalDate;
import java.util.List;

/**
 * Where a member was, and where it could have been, as far as that is known on a day.
 *
 * @param emptyCounts whether a time in which nothing was offered counts as one without activity
 */
record Turnout(boolean emptyCounts, Facts facts, LocalDate day) {

    boolean offered(LocalDate after, LocalDate through) {
        return emptyCounts || anyWithin(facts.offered(), after, through);
    }

    /**
     * Whether it took part in nothing until then. Where no activity was offered nobody stayed away, unless that is read
     * otherwise: what takes rights away is read narrowly.
     */
    boolean idle(LocalDate after, LocalDate through, LocalDate until) {
        return offered(after, through) && !anyWithin(facts.activities(), after, until);
    }

    /** The same of a body's meetings. A member that has no seat in the body is not absent from it. */
    boolean absent(String body, LocalDate after, LocalDate through, LocalDate until) {
        Facts.Sittings sittings = facts.sittings().get(body);
        return sittings != null
                && anyWithin(sittings.held(), after, through)
                && !anyWithin(sittings.attended(), after, until);
    }

    private boolean anyWithin(List<LocalDate> days, LocalDate after, LocalDate through) {
        for (LocalDate one : days) {
            if (one.isAfter(after) && !one.isAfter(through) && !one.isAfter(day)) {
                return true;
            }
        }
        return false;
    }
}
