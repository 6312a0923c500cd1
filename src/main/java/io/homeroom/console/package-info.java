/**
 * Floor 7. The web console of class teachers and the secretariat: the day's work, members, money, cases and tasks,
 * notices, the rules as they stand, the audit log and staff accounts. A class teacher sees her class only.
 *
 * <p>Also holds the house's outer door: the security of the console itself and the headers of every page that has no
 * chain of its own. Serves no clause of its own; it shows the clause wherever a rule decided. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Console",
        allowedDependencies = {
            "ground",
            "rulebook",
            "schedule",
            "member",
            "till",
            "desk",
            "dues",
            "governance",
            "liaison",
            "casework",
            "care",
            "classroom",
            "review",
            "notice",
            "papers",
            "portal"
        })
package io.homeroom.console;
