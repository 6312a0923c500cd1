/**
 * Floor 4. Applications and cases from filing to effect: one mechanism that runs the track a rulebook gives, with
 * documents, deciders, votes, deadlines, evidence and the outcome carried out once. Nothing else moves a member but a
 * payment or a rule that the bylaws call automatic, and these come through here too. Ballots on cases and the agendas of
 * meetings, whose results take the same way. Beside cases: nominations for a rise by exception (IGRS-20-X), tasks given
 * to members (IGRS-23-4, DSIA-4-6e), the fees that branches chase (BACCA-34), who helps an office with a step (WHJX-8-6),
 * data that members look through (DSIA-10-b), what members pay for events (BACCA-27-4, 5, 7, 10), who stands for election
 * (BACCA-11-d), registers of working groups and projects (AII-22-8, 10), how the office reads open points, and how it amends the
 * rulebook: its editions are kept here and laid over the file, and cases under way go on by the new steps.
 *
 * <p>Serves the admission, registration, upgrade, downgrade, withdrawal, exit, expulsion, sanction, suspension,
 * restoration, removal, appeal and resolution clauses of all rulebooks. Events in: {@code dues.BillPaid}, {@code
 * dues.AllPaid}, {@code schedule.NightRun}, {@code dues.DebtChanged}, {@code desk.TaskDone}, {@code till.Payment*}, {@code member.MemberChanged}, {@code
 * member.MemberEntered}. Events out: {@link io.homeroom.casework.CaseDecided};
 * notices as {@code desk.Tell}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Casework",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "till",
            "desk",
            "dues",
            "governance",
            "liaison"
        })
package io.homeroom.casework;
