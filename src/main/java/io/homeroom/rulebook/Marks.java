package io.homeroom.rulebook;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Remembers where each part of a rulebook was written, so that a fault of meaning has a place too. */
final class Marks {

    private final String file;
    private final List<Fault> faults;
    private final IdentityHashMap<Object, Map<String, Mark>> places = new IdentityHashMap<>();

    Marks(String file, List<Fault> faults) {
        this.file = file;
        this.faults = faults;
    }

    /** {@code part} is empty for the record itself, {@code stages}, {@code stages[1]} or {@code cases{exit}}. */
    void put(Object owner, String part, Mark mark) {
        places.computeIfAbsent(owner, o -> new HashMap<>()).put(part, mark);
    }

    void putAll(Object owner, Map<String, Mark> parts) {
        places.computeIfAbsent(owner, o -> new HashMap<>()).putAll(parts);
    }

    void fault(@Nullable Mark mark, String message) {
        faults.add(new Fault(
                file, mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, message));
    }

    /** At the part if it is written, else where its owner begins. */
    void fault(Object owner, String part, String message) {
        Map<String, Mark> parts = places.getOrDefault(owner, Map.of());
        Mark mark = parts.get(part);
        if (mark == null) {
            int cut = Math.max(part.indexOf('['), part.indexOf('{'));
            mark = cut > 0 ? parts.get(part.substring(0, cut)) : null;
        }
        fault(mark == null ? parts.get("") : mark, message);
    }

    boolean clean() {
        return faults.isEmpty();
    }
}
