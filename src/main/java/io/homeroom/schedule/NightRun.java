package io.homeroom.schedule;

import java.time.LocalDate;

/**
 * Duties of an association were run, whether or not all of them succeeded. Published inside the tenant, behind the last of
 * them.
 *
 * @param through the last day whose duties were asked for
 */
public record NightRun(String association, LocalDate through) {}
