/**
 * Floor 0. Values that every room speaks in: money, periods and working days, credit codes, ids, the
 * tenant at work, and the refusal that cites its clause. Pure Java, no Spring, no clock of its own.
 *
 * <p>Periods follow the Civil Code (arts 201 to 203): the first day is not counted, a month or year ends
 * on the corresponding day or the month's last, and a last day on a rest day rolls on where the rule
 * allows it. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Ground",
        allowedDependencies = {})
package io.homeroom.ground;
