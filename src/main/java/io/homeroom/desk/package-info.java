/**
 * Floor 2. The people and papers of the office: staff accounts with roles and offices, tasks that wait for a person,
 * the audit log, and {@link io.homeroom.desk.Tell}, the event by which rooms say that somebody must hear of something.
 *
 * <p>Serves every clause that asks people for an act with a deadline (DSIA-14, IGRS-18-h, WHJX-8-4b, WHJX-12-0 and
 * their kin). In: {@code NightFailed}, {@code CalendarMissing}. Out: {@link io.homeroom.desk.Tell}, {@link
 * io.homeroom.desk.TaskDone}, {@link io.homeroom.desk.StaffLeft}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Desk",
        allowedDependencies = {"ground", "schedule"})
package io.homeroom.desk;
