/**
 * Floor 1. Bylaws as data and the judge. A {@link io.homeroom.rulebook.Rulebook} is read from YAML in which every rule
 * cites its clause; {@code judge(rulebook, facts, day)} is a pure function: no Spring, no clock, no database. {@link io.homeroom.rulebook.Passages} finds the lines that decide an
 * open point, so that they can be changed where they stand.
 *
 * <p>Serves every clause of the five rulebooks in {@code config/rulebooks}. No events in or out.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Rulebook",
        allowedDependencies = {"ground"})
package io.homeroom.rulebook;
