package io.homeroom.cli;

import io.homeroom.rulebook.Rulebook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The clauses on which a rulebook's rules rest, wherever they are cited in it. */
final class Coverage {

    private Coverage() {}

    static Set<String> of(Rulebook book) {
        Set<String> clauses = new TreeSet<>();
        collect(book, Pattern.compile(book.code().toUpperCase(Locale.ROOT) + "-[0-9A-Za-z-]+"), clauses);
        return clauses;
    }

    private static void collect(@Nullable Object part, Pattern form, Set<String> clauses) {
        if (part instanceof String text) {
            if (form.matcher(text).matches()) {
                clauses.add(text);
            }
        } else if (part instanceof Collection<?> items) {
            items.forEach(item -> collect(item, form, clauses));
        } else if (part instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                collect(key, form, clauses);
                collect(value, form, clauses);
            });
        } else if (part instanceof Record whole && part.getClass().getName().startsWith("io.homeroom.")) {
            for (RecordComponent component : whole.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    collect(component.getAccessor().invoke(whole), form, clauses);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
