/**
 * Floor 7. Commands of the packaged jar: {@code rulebook check}, {@code rehearse}, {@code import}, and whatever {@link
 * io.homeroom.cli.Commands} lists.
 * They boot in seconds, without a web server; output goes to the terminal, exit codes are 0, 1 for faults found and 2 for
 * a wrong call. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Commands",
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
            "chat"
        })
package io.homeroom.cli;
