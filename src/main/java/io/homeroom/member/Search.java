package io.homeroom.member;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for; null fields do not narrow.
 *
 * @param q part of the name, or a whole credit code
 * @param standing where it stands
 * @param grade the rulebook's word
 * @param teachers staff ids of class teachers, one of whom it has
 * @param after the key after which to go on, 0 for the start
 * @param limit at most so many, 1 to 500
 */
public record Search(
        @Nullable String q,
        @Nullable Standing standing,
        @Nullable String grade,
        @Nullable List<Long> teachers,
        long after,
        int limit) {

    /** All members from the start. */
    public static Search all(int limit) {
        return new Search(null, null, null, null, 0, limit);
    }
}
