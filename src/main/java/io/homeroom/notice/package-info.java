/**
 * Floor 6. Whatever leaves the house: hears {@code desk.Tell} in the transaction of its cause, writes a notice for the
 * person it resolves to, and sends it afterwards through the port {@link io.homeroom.notice.Courier}. Knows quiet
 * hours, a member's weekly budget, retries, and what to do when nobody can be reached.
 *
 * <p>Never knowingly twice: an unknown outcome is repeated only where the channel deduplicates, and only for as long as it
 * does; else the notice stays 未确认 and the class teacher gets a task. What a channel takes from one sender for one
 * address in a while ({@link io.homeroom.notice.Pace}) is counted in a table that all nodes share, and not exceeded. Each working morning the secretariat's group hears one digest, without amounts,
 * each colleague with an office one of its own, and each class teacher what the night found in the class. In: {@code Tell}. Out: tasks {@code contact}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Notice",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "desk", "liaison"})
package io.homeroom.notice;
