/**
 * Floor 4. The class teacher's working day, for whichever face asks: how a class stands, who owes and what was said last,
 * reminders, promises of payment and whether they were kept, which branches somebody speaks for (BACCA-26), for whom a message to a class is, and what each class teacher
 * achieved in a week or half-year. Puts together what the registers below know apart; keeps nothing itself.
 *
 * <p>Serves WHJX-8-2, WHJX-8-3, WHJX-8-5a and WHJX-9-5 and, as an office of every association, the duties of whoever looks after members
 * (BACCA-34). In: {@code dues.AllPaid}. Out: {@code desk.Tell}, tasks {@code promise}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Classroom",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "till", "desk", "dues", "liaison"})
package io.homeroom.classroom;
