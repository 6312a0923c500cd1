package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.time.MonthDay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the nightly look waits for, and what follows once for each member, rule and occasion (bill, last activity,
 * suspension).
 *
 * @param id unique in the rulebook
 * @param when the condition
 * @param then what follows, in order
 * @param cite its clauses
 * @param after id of the milder watch whose notice must have been delivered before this one acts
 */
public record Watch(
        String id,
        When when,
        List<Act> then,
        List<String> cite,
        @Nullable String after) {

    /**
     * A condition in time. Several set fields must all hold.
     *
     * @param unpaid a bill still open that long after its due day
     * @param inactive no activity for that long
     * @param absentFrom not at any meeting of this body in the same year; members outside it are not held to it
     * @param feeYear the year of {@code inactive} or {@code absentFrom} begins when each year's fee is due, paid or not
     * @param suspended rights resting by a rule (not by a sanction) for longer than this
     * @param teacherless no class teacher
     * @param unregistered no first registration within this time of the application
     * @param lapsed the registration in force has run out
     * @param renewal a registration that must be renewed in the period now open
     * @param unconfirmed the member's data have neither been changed nor confirmed for longer than a reading says
     * @param before instead of the day on which it holds: that many days ahead, one occasion each
     */
    public record When(
            @Nullable Unpaid unpaid,
            @Nullable Inactive inactive,
            @Nullable String absentFrom,
            boolean feeYear,
            @Nullable Span suspended,
            boolean teacherless,
            @Nullable Span unregistered,
            boolean lapsed,
            @Nullable Renewal renewal,
            @Nullable Unconfirmed unconfirmed,
            List<Integer> before) {}

    /**
     * @param beyond how long after the due day; {@code 0 days} is the day after it. Rolled past rest days
     * @param from a fixed day of the fee year instead of the bill's due day
     */
    public record Unpaid(Span beyond, @Nullable MonthDay from) {}

    /**
     * @param reading the reading that holds the yearly period in which registrations are renewed
     * @param ahead where that is open all year: how long before the registration ends; null for never
     */
    public record Renewal(String reading, @Nullable Span ahead) {}

    /**
     * @param reading the reading that says after how many months, or {@code none}
     * @param beyond how much longer
     */
    public record Unconfirmed(String reading, Span beyond) {}

    /**
     * @param span how long; counted from the last activity (or the start of membership), or, beside {@code unpaid} or
     *     {@code fee-year}, from that due day. A period in which no activity was offered does not count
     */
    public record Inactive(Span span) {}
}
