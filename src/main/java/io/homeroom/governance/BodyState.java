package io.homeroom.governance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a body stands.
 *
 * @param name the rulebook's word
 * @param inOffice seats filled where that is recorded; null to count the roster
 * @param recess whether it is in recess
 * @param termEnds last day of its term
 * @param changed the day on which its successor took over
 */
public record BodyState(
        String name,
        @Nullable Integer inOffice,
        boolean recess,
        @Nullable LocalDate termEnds,
        @Nullable LocalDate changed) {}
