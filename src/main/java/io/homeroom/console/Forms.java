package io.homeroom.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A form as it was filled in, with what does not fit, field by field. Passwords are never given back. */
record Forms(Map<String, String> values, Map<String, String> faults) {

    static Forms empty() {
        return new Forms(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    static Forms of(Map<String, String> sent) {
        Map<String, String> values = new LinkedHashMap<>();
        sent.forEach((field, value) -> values.put(field, value.strip()));
        return new Forms(values, new LinkedHashMap<>());
    }

    String get(String field) {
        return values.getOrDefault(field, "");
    }

    @Nullable
    String orNull(String field) {
        String value = get(field);
        return value.isEmpty() ? null : value;
    }

    void fault(String field, String message) {
        faults.putIfAbsent(field, message);
    }

    String required(String field, int most) {
        String value = get(field);
        if (value.isEmpty()) {
            fault(field, "请填写");
        }
        return atMost(field, most);
    }

    /** What may be empty. */
    String atMost(String field, int most) {
        String value = get(field);
        if (value.length() > most) {
            fault(field, "最多" + most + "个字");
        }
        return value;
    }

    /** The key chosen in a field; null if there is none. */
    @Nullable
    Long key(String field) {
        return key(values, field);
    }

    static @Nullable Long key(Map<String, String> values, String field) {
        try {
            String value = values.getOrDefault(field, "");
            return value.matches("\\d{1,19}") ? Long.valueOf(value) : null;
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    boolean fits() {
        return faults.isEmpty();
    }
}
