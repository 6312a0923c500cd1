/**
 * Floor 2. The roster: who belongs, in what grade, posts and standing, who may be reached and how. What happened to a
 * member is a ledger of dated entries; the state shown, searched and judged is derived from it whole, so that a
 * provisional decision can be annulled and any past day be asked about.
 *
 * <p>Serves every clause that speaks of a member; the start and end of membership (XDOC-7), numbers (BACCA-14),
 * suspension (BACCA-38) and posts (DSIA-4) are entries here, decided above. Events out: {@link
 * io.homeroom.member.MemberChanged}, {@link io.homeroom.member.MemberEntered}, {@link
 * io.homeroom.member.InvitationMade}, {@link io.homeroom.member.TieChanged}. Events in: none.
 * Whether a unit's liaison and representative are one person (IGRS-18-k, DSIA-3-5) it asks by {@link
 * io.homeroom.member.SpeakerRule}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Roster",
        allowedDependencies = {"ground", "schedule"})
package io.homeroom.member;
