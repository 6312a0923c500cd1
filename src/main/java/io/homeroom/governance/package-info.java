/**
 * Floor 3. Bodies as they stand and as they will from a day on, their meetings as planned and as held, who was there; posts and seats; ballots with a frozen roll, open
 * or secret; the counting of votes in integers.
 *
 * <p>Serves IGRS-14, 18-e, 21-d, 21-f, 24-d, 26-0 (majorities), 20-A4, 20-B4 (absences); DSIA-4-2b to 4-8 (caps,
 * absences, yearly meetings), 4-4b (supervisors sit in); AII-13-d, 19-a, 19-b, 23-a to 23-c, 27; BACCA-38, DSIA-15, WHJX-12-2 (activities). Events
 * out: {@link io.homeroom.governance.PostLost}, {@link io.homeroom.governance.Absent}, {@link
 * io.homeroom.governance.MeetingHeld}; notices as {@code desk.Tell}. Events in: {@code
 * member.MemberChanged}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Governance",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk"})
package io.homeroom.governance;
