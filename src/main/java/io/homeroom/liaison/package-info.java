/**
 * Floor 3. Class teachers (班主任) and their classes: who looks after whom, since when, the log of contacts, and the
 * hand-over with word to both sides and the member. Every association has them; the bylaws that speak of them are WHJX-7
 * to WHJX-10, BACCA-26 and BACCA-34 (a branch as contact), IGRS-18-k, DSIA-10-a, AII-14-5.
 *
 * <p>In: {@code desk.StaffLeft}. Out: {@code desk.Tell}, tasks {@code group-invitation} and {@code assign-teacher}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Liaison",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk"})
package io.homeroom.liaison;
