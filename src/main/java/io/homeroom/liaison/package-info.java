/**
 * Floor 3. Class teachers (班主任) and their classes: {@link io.homeroom.liaison.Classes} knows who looks after whom, since
 * when, who might, and the log of contacts, and hands over with word to both sides and the member; {@link
 * io.homeroom.liaison.Covers} who stands in for whom on leave, which the members hear on its first day; {@link io.homeroom.liaison.Promises} on which day a member
 * said it would pay; {@link io.homeroom.liaison.Groups} who of a class is in its group, and {@link
 * io.homeroom.liaison.Broadcasts} what is sent there, through the port {@link io.homeroom.liaison.GroupLine}. Every
 * association has them; the bylaws that speak of them are WHJX-7 to WHJX-10, BACCA-26 and
 * BACCA-34 (a branch as contact), IGRS-18-k, DSIA-10-a, AII-14-5.
 *
 * <p>Knows no money: whether a promise was kept is told by the room above. In: {@code desk.StaffLeft}. Out: {@code
 * desk.Tell}, {@link io.homeroom.liaison.Promised}, {@link io.homeroom.liaison.PromiseBroken}, tasks {@code
 * group-invitation}, {@code assign-teacher} and {@code hand-over}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Liaison",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk"})
package io.homeroom.liaison;
