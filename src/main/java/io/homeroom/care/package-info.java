/**
 * Floor 5. Care for members beside their cases: needs and requests with an owner, a last day and an answer that the member
 * rates; news that members hand in for publication; what is mailed to them, with a photo before it counts as sent; changes that they report; liaisons whom
 * class teachers name as outstanding.
 *
 * <p>Serves WHJX-8-2, 8-4b, 9-4, 10-3, 10-4, 10-5, 12-0 (the letter is posted with proof), BACCA-27-1 to 27-3, 27-13 and
 * 27-14, and the letters of DSIA-14 and IGRS-26-a. In: {@code member.MemberChanged}. Out: {@code desk.Tell}, tasks
 * {@code need} and {@code invite-liaison}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Care",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "desk",
            "dues",
            "liaison",
            "casework",
            "classroom"
        })
package io.homeroom.care;
