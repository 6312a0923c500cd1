package io.homeroom.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The clauses on which a rulebook's rules rest, wherever they are cited in it; its own list of clauses is no rule. */
public final class Citations {

    private Citations() {}

    /** All clauses of the association itself that a rule cites. */
    public static Set<String> of(Rulebook book) {
        Set<String> clauses = new TreeSet<>();
        Pattern form = Pattern.compile(book.code().toUpperCase(Locale.ROOT) + "-[0-9A-Za-z-]+");
        for (RecordComponent component : Rulebook.class.getRecordComponents()) {
            if (!component.getName().equals("clauses")) {
                collect(value(component, book), form, clauses);
            }
        }
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
        } else if (part instanceof Rulebook.Reading reading && reading.value() == null) {
            return; // it explains a rule that stands elsewhere, and there is the clause cited
        } else if (part instanceof Record whole && part.getClass().getName().startsWith("io.homeroom.")) {
            for (RecordComponent component : whole.getClass().getRecordComponents()) {
                collect(value(component, whole), form, clauses);
            }
        }
    }

    /** What a record holds, whatever it is. */
    static @Nullable Object value(RecordComponent component, Record owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
