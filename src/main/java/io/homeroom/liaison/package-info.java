/**
 * Floor 3. Class teachers (班主任) and their classes: {@link io.homeroom.liaison.Classes} knows who looks after whom, since
 * when, who might, and the log of contacts, and hands over with word to both sides and the member; {@link
 * io.homeroom.liaison.Liaisons} whom a unit names to deal with the secretariat, as many as the rulebook lets it; {@link
 * io.homeroom.liaison.Covers} who stands in for whom on leave, which the
 * members hear on its first day; {@link io.homeroom.liaison.Promises} on which day a member
 * said it would pay; {@link io.homeroom.liaison.Groups} who of a class is in its group, {@link
 * io.homeroom.liaison.Broadcasts} what is sent there, one to one and through its robot ({@link
 * io.homeroom.liaison.Robots}), and what became of it for each member, by the port {@link
 * io.homeroom.liaison.GroupLine}; {@link io.homeroom.liaison.Circulars} important notices and who has read them. Every
 * association has them; the bylaws that speak of them are WHJX-7 to WHJX-10, BACCA-26 and
 * BACCA-34 (a branch as contact), IGRS-18-k, DSIA-10-a, AII-14-5.
 *
 * <p>Knows no money: whether a promise was kept is told by the room above. In: {@code desk.StaffLeft},
 * {@code member.TieChanged}. Out: {@code
 * desk.Tell}, {@link io.homeroom.liaison.Promised}, {@link io.homeroom.liaison.PromiseBroken}, tasks {@code
 * group-invitation}, {@code assign-teacher}, {@code hand-over}, {@code broadcast-failed}, {@code robot-key} and {@code
 * group-gone}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Liaison",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk"})
package io.homeroom.liaison;
