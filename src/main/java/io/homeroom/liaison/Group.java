package io.homeroom.liaison;

import java.time.Instant;
import java.util.List;

/** A class group as it was seen last; {@code people} are the names of the customers in it. */
public record Group(
        String chatId, long teacherId, String name, List<String> people, boolean dissolved, Instant seenAt) {

    public Group {
        people = List.copyOf(people);
    }
}
