package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the judge must know of one member. Days later than the day of judgement are ignored, so that any day may be asked
 * about.
 *
 * @param name for sentences
 * @param standing code: {@code applicant active suspended ended none}
 * @param endedOn end of membership
 * @param joined start of membership
 * @param applied day of the application
 * @param gone whether it is reported dissolved or the like: nobody there is reminded any more
 * @param hasTeacher whether a class teacher looks after it
 * @param registered whether its first registration was opened, or it has a number
 * @param registration its registration; null if it has none, or none that ends
 * @param told the day on which the member's data were last changed, confirmed or entered; null if nobody asks
 * @param rest the suspension in force
 * @param restorationPending whether an application for restoration is open
 * @param activeSince from when inactivity may count: start of membership or last restoration
 * @param sanctions in force or past
 * @param bills open bills
 * @param activities days on which it took part, ascending
 * @param offered days on which the association offered something, ascending
 * @param sittings meetings of the bodies it belongs to, by body; a body it does not belong to is left out
 * @param done what already followed, by consequence key
 * @param feeDays the last day of payment of each year so far that the rulebook's own years are counted from; a year that
 *     is left out has the day that the rulebook judged by says
 */
public record Facts(
        String name,
        String standing,
        @Nullable LocalDate endedOn,
        @Nullable LocalDate joined,
        @Nullable LocalDate applied,
        boolean gone,
        boolean hasTeacher,
        boolean registered,
        @Nullable Registration registration,
        @Nullable LocalDate told,
        @Nullable Rest rest,
        boolean restorationPending,
        @Nullable LocalDate activeSince,
        List<Penalty> sanctions,
        List<Due> bills,
        List<LocalDate> activities,
        List<LocalDate> offered,
        Map<String, Sittings> sittings,
        Map<String, Done> done,
        List<FeeDay> feeDays) {

    /** Of a member without a registration that ends, and whose data nobody asks about. */
    public Facts(
            String name,
            String standing,
            @Nullable LocalDate endedOn,
            @Nullable LocalDate joined,
            @Nullable LocalDate applied,
            boolean gone,
            boolean hasTeacher,
            boolean registered,
            @Nullable Rest rest,
            boolean restorationPending,
            @Nullable LocalDate activeSince,
            List<Penalty> sanctions,
            List<Due> bills,
            List<LocalDate> activities,
            List<LocalDate> offered,
            Map<String, Sittings> sittings,
            Map<String, Done> done) {
        this(
                name,
                standing,
                endedOn,
                joined,
                applied,
                gone,
                hasTeacher,
                registered,
                null,
                null,
                rest,
                restorationPending,
                activeSince,
                sanctions,
                bills,
                activities,
                offered,
                sittings,
                done,
                List.of());
    }

    /**
     * Rights at rest.
     *
     * @param byRule whether a rule about arrears or inactivity did it, not a sanction
     */
    public record Rest(LocalDate since, boolean byRule) {}

    /**
     * A registration.
     *
     * @param until last day of the one in force or of the last one; null if that is not known
     * @param renewedOn when it was last renewed; null if never
     * @param pending whether a renewal is being worked on
     */
    public record Registration(
            @Nullable LocalDate until, @Nullable LocalDate renewedOn, boolean pending) {}

    /** A sanction with its last day, if it has one. */
    public record Penalty(
            String name, LocalDate since, @Nullable LocalDate until) {}

    /**
     * An open bill.
     *
     * @param title 2026年度会费
     * @param dueOn last day of payment in time, null if none
     * @param raisedOn the day on which it was made
     */
    public record Due(
            long id,
            int year,
            String title,
            Money amount,
            Money owed,
            @Nullable LocalDate dueOn,
            LocalDate raisedOn) {}

    /** Days on which a body met, and those of them on which this member was there. */
    public record Sittings(List<LocalDate> held, List<LocalDate> attended) {}

    /**
     * Something that followed.
     *
     * @param on the day
     * @param delivered false if its notice is known not to have reached the member
     */
    public record Done(LocalDate on, boolean delivered) {}

    /**
     * When a year's fee was due, as was read at the beginning of that year: a reading chosen later moves no year that has
     * begun, as it moves no bill.
     *
     * @param on null where that year had no last day of payment
     */
    public record FeeDay(int year, @Nullable LocalDate on) {}

    /** The same with more done, as after a first pass on the same day. */
    public Facts with(Map<String, Done> more) {
        Map<String, Done> all = new java.util.HashMap<>(done);
        all.putAll(more);
        return copy(bills, Map.copyOf(all));
    }

    /** The same with these bills instead, as in a year to come. */
    public Facts owing(List<Due> others) {
        return copy(List.copyOf(others), done);
    }

    private Facts copy(List<Due> due, Map<String, Done> followed) {
        return new Facts(
                name,
                standing,
                endedOn,
                joined,
                applied,
                gone,
                hasTeacher,
                registered,
                registration,
                told,
                rest,
                restorationPending,
                activeSince,
                sanctions,
                due,
                activities,
                offered,
                sittings,
                followed,
                feeDays);
    }

    /** The last day of payment of a year; null where it has none. */
    @Nullable
    LocalDate feeDay(Rulebook book, Fees fees, int year) {
        for (FeeDay one : feeDays) {
            if (one.year() == year) {
                return one.on();
            }
        }
        return fees.dueOn(book, year);
    }

    boolean belongs() {
        return standing.equals("active") || standing.equals("suspended");
    }
}
