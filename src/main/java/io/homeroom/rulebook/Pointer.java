package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A path to a place in a rulebook, {@code cases/exit/stages/理事会/counted}: keys as they are written, and in a list the name
 * of one of its items or a clause that only this item cites. The last key may be one that is left out: silence decides
 * too.
 */
public final class Pointer {

    /** Components that name an item of a list. */
    private static final Set<String> NAMES = Set.of("name", "id", "at", "on", "what", "body", "to");

    private static final String CLAUSE = "[A-Z]+-[A-Za-z0-9-]+";

    private static final int WIDEST = 80;

    /** Either what stands there (null for nothing) and the way to it, or why there is no such place. */
    private record Found(
            @Nullable Object value,
            List<Object> trail,
            @Nullable String fault) {

        static Found none(String fault) {
            return new Found(null, List.of(), fault);
        }
    }

    private Pointer() {}

    /** Why the rulebook has no such place; null if it has. */
    static @Nullable String fault(Rulebook book, String path) {
        return find(book, path).fault();
    }

    /**
     * What is written there, in the notation of the file; empty where nothing is, which then is the rule.
     *
     * @throws IllegalArgumentException if the rulebook has no such place: {@link Rulebooks#read} lets none pass
     */
    public static Optional<String> written(Rulebook book, String path) {
        Found found = find(book, path);
        if (found.fault() != null) {
            throw new IllegalArgumentException(found.fault());
        }
        Object value = found.value();
        return value == null || isSilent(value) ? Optional.empty() : Optional.of(block(value));
    }

    private static Found find(Rulebook book, String path) {
        Object here = book;
        String walked = "";
        List<Object> trail = new ArrayList<>();
        for (String step : path.split("/", -1)) {
            if (here == null) {
                return Found.none("“" + walked + "”没有写，里面不会有“" + step + "”");
            }
            Map<String, @Nullable Object> inside = inside(here, step);
            if (!inside.containsKey(step)) {
                return Found.none(
                        (walked.isEmpty() ? "" : "“" + walked + "”里") + "没有“" + step + "”" + near(here, step, inside));
            }
            Object list = here;
            here = inside.get(step);
            trail.add(list instanceof List<?> items ? index(items, here) : step);
            if (here == Found.class) {
                return Found.none("“" + walked + "”里不止一处是“" + step + "”：请写名称，或只有一处引用的条款");
            }
            walked = walked.isEmpty() ? step : walked + "/" + step;
        }
        return new Found(here, trail, null);
    }

    private static int index(List<?> items, @Nullable Object item) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == item) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The way to a place through the file: a key's name, or an item's number in its list, from 0.
     *
     * @throws IllegalArgumentException if the rulebook has no such place
     */
    static List<Object> trail(Rulebook book, String path) {
        Found found = find(book, path);
        if (found.fault() != null) {
            throw new IllegalArgumentException(found.fault());
        }
        return found.trail();
    }

    private static String near(Object here, String step, Map<String, @Nullable Object> inside) {
        return here instanceof String || inside.isEmpty() ? "" : Binder.near(step, inside.keySet());
    }

    /** What a step may lead to, by its name; {@code Found.class} where a name does not tell two items apart. */
    private static Map<String, @Nullable Object> inside(Object here, String step) {
        Map<String, @Nullable Object> inside = new LinkedHashMap<>();
        if (here instanceof Map<?, ?> map) {
            map.forEach((key, value) -> inside.put((String) key, value));
        } else if (here instanceof List<?> list) {
            list.forEach(item -> names(item).forEach(name -> inside.merge(name, item, (one, other) -> Found.class)));
            if (!inside.containsKey(step) && step.matches(CLAUSE)) {
                List<?> citing = list.stream()
                        .filter(item -> clauses(item).contains(step))
                        .toList();
                if (!citing.isEmpty()) {
                    inside.put(step, citing.size() == 1 ? citing.get(0) : Found.class);
                }
            }
        } else if (here instanceof Record record && !(here instanceof Span) && !(here instanceof Money)) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object value = Citations.value(component, record);
                boolean absent = component.getType() == int.class && Objects.equals(value, 0);
                inside.put(Binder.kebab(component.getName()), absent ? null : value);
            }
        }
        return inside;
    }

    private static Collection<String> names(Object item) {
        if (item instanceof Record record) {
            Set<String> names = new TreeSet<>();
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object value = NAMES.contains(component.getName()) ? Citations.value(component, record) : null;
                if (value instanceof String || value instanceof Enum<?>) {
                    names.add(scalar(value));
                }
            }
            return names;
        }
        return List.of(scalar(item));
    }

    /** All clauses cited anywhere in an item. */
    private static Set<String> clauses(Object item) {
        Set<String> clauses = new TreeSet<>();
        collect(item, clauses);
        return clauses;
    }

    private static void collect(@Nullable Object part, Set<String> clauses) {
        if (part instanceof String text) {
            clauses.add(text);
        } else if (part instanceof Collection<?> items) {
            items.forEach(item -> collect(item, clauses));
        } else if (part instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, clauses));
        } else if (part instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                collect(Citations.value(component, record), clauses);
            }
        }
    }

    /** Left out in a file: it would only say that there is nothing. */
    private static boolean isSilent(Object value) {
        return value.equals(false)
                || value instanceof Collection<?> items && items.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static String block(Object value) {
        if (value instanceof List<?> list && list.stream().anyMatch(item -> !(item instanceof String))) {
            return list.stream().map(item -> "- " + flow(item)).collect(Collectors.joining("\n"));
        }
        String line = flow(value);
        Map<String, Object> entries = entries(value);
        return entries.isEmpty() || line.length() <= WIDEST
                ? line
                : entries.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private static String flow(Object value) {
        if (value instanceof List<?> list) {
            return list.size() == 1 && list.get(0) instanceof String
                    ? flow(list.get(0))
                    : list.stream().map(Pointer::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        Map<String, Object> entries = entries(value);
        return entries.isEmpty()
                ? scalar(value)
                : entries.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What is written under a key each; empty for what has no keys. */
    private static Map<String, Object> entries(Object value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        inside(value instanceof List ? "" : value, "").forEach((key, inner) -> {
            if (inner != null && !isSilent(inner)) {
                entries.put(key, inner);
            }
        });
        return entries;
    }

    private static String scalar(Object value) {
        if (value instanceof Span span) {
            return span.count() + " " + span.unit().name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof MonthDay day) {
            return day.toString().substring(2);
        }
        if (value instanceof Money money) {
            return BigDecimal.valueOf(money.fen(), 2).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        String text = Objects.toString(value);
        return text.matches("[^\\[\\]{},:#&*!|>'\"%@`]*") ? text : "\"" + text + "\"";
    }
}
