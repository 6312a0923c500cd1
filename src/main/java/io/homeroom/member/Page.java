package io.homeroom.member;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an ordered list.
 *
 * @param items what it holds
 * @param next the key to ask after for the following stretch, null at the end
 */
public record Page<T>(List<T> items, @Nullable Long next) {

    public Page {
        items = List.copyOf(items);
    }
}
