package io.homeroom.sandbox.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/** The last so many of something, numbered from 1 without gaps; safe for several threads. */
public final class Recent<T> {

    private record Entry<T>(long number, T value) {}

    private final int limit;
    private final Deque<Entry<T>> entries = new ArrayDeque<>();
    private long last;

    /** @param limit how many are kept */
    public Recent(int limit) {
        this.limit = limit;
    }

    /** Adds what is made of its number. */
    public synchronized T add(LongFunction<T> made) {
        T value = made.apply(++last);
        entries.addLast(new Entry<>(last, value));
        if (entries.size() > limit) {
            entries.removeFirst();
        }
        return value;
    }

    /** Those with a number above this one, oldest first. */
    public synchronized List<T> since(long number) {
        List<T> found = new ArrayList<>();
        for (Entry<T> entry : entries) {
            if (entry.number() > number) {
                found.add(entry.value());
            }
        }
        return found;
    }

    /** Number of the newest; 0 if there never was one. */
    public synchronized long last() {
        return last;
    }
}
