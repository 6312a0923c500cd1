/**
 * Floor 5. The nightly look: gathers the facts of the members that are due, asks the rulebook's judge, and hands out what
 * follows, each consequence once for each member, rule and occasion. The same facts explain any member on any day.
 * A rulebook, judge or calendar other than the last makes everybody due when the next night begins; that a rulebook was
 * amended is said to the office, and to the class teachers whose members are treated differently.
 *
 * <p>Serves the rules that come about by time: IGRS-23-2, 26-5; DSIA-4-1c, 10-b, 15; BACCA-21-a, 21-b, 31-a, 34, 38, 39-b; WHJX-7,
 * 12-1, 12-2; XDOC-2, 3, 10, 13; and reminders. Events in: {@code MemberChanged}, {@code CaseDecided}. Events out:
 * {@code desk.Tell}; tasks, cases and effects go through {@code casework}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Review",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "desk",
            "dues",
            "governance",
            "liaison",
            "casework"
        })
package io.homeroom.review;
