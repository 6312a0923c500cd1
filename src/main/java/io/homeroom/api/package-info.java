/**
 * Floor 7. REST for other programs: {@code /api/v1/{code}/…}, JSON, HTTP Basic with a staff account. Paths and fields
 * are those of the contract; errors are RFC 9457 problem documents in Chinese that say what is wrong and what to do,
 * with the clauses where the bylaws refuse.
 *
 * <p>Serves no clause of its own: it asks the same front doors as every other face. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "API",
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
            "review",
            "notice"
        })
package io.homeroom.api;
