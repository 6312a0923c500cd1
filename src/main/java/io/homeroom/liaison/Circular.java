package io.homeroom.liaison;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An important notice to members.
 *
 * @param audience for whom it is, in words
 * @param againOn the day on which those who have not read it are told again; null while the calendar of that year is missing
 * @param members to how many it went, {@code read} how many of them have said that they read it; of the classes asked for
 */
public record Circular(
        long id,
        String title,
        String body,
        @Nullable Long file,
        String audience,
        String by,
        LocalDate madeOn,
        @Nullable LocalDate againOn,
        int members,
        int read) {}
