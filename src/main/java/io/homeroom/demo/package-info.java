/**
 * Floor 8, profile {@code sandbox} only. The five associations with made-up members in every interesting state, the clock
 * that moves on through their year, and what the desk at {@code /sandbox} needs to know of them. Uses the front doors like
 * any other face. Serves no clause; no events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Demo",
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
            "sandbox",
            "sandbox :: phone",
            "sandbox :: wall",
            "sandbox :: wecom"
        })
package io.homeroom.demo;
