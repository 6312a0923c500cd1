package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Schema of rulebooks, drawn from the records that they become, so that editors complete and check them. */
public final class RulebookSchema {

    private final Map<String, Object> definitions = new TreeMap<>();

    private RulebookSchema() {}

    /** The schema (draft 2020-12) as text; {@code config/rulebook.schema.json} holds the same. */
    public static String json() {
        RulebookSchema schema = new RulebookSchema();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", "https://homeroom.io/rulebook.schema.json");
        root.put("title", "规则书：一个协会的会员制度");
        root.putAll(schema.struct(Rulebook.class));
        root.put("$defs", schema.definitions);
        StringBuilder text = new StringBuilder();
        print(root, 0, text);
        return text.append('\n').toString();
    }

    private Map<String, Object> struct(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = Binder.kebab(component.getName());
            Object shape = Grounding.isClauses(type, component.getName())
                    ? reference("clauses", Map.of("oneOf", List.of(clause(), array(clause()))))
                    : shape(component.getGenericType());
            properties.put(key, shape);
            if (Binder.isRequired(component)) {
                required.add(key);
            }
        }
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("type", "object");
        struct.put("additionalProperties", false);
        struct.put("properties", properties);
        if (!required.isEmpty()) {
            struct.put("required", required);
        }
        return struct;
    }

    private Object shape(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class) {
                return ordered("type", "object", "additionalProperties", shape(arguments[1]));
            }
            Object element = shape(arguments[0]);
            return arguments[0] == String.class || arguments[0] == Integer.class
                    ? Map.of("oneOf", List.of(element, array(element)))
                    : array(element);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == String.class) {
            return Map.of("type", List.of("string", "number", "boolean"));
        }
        if (wanted == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (wanted == int.class || wanted == Integer.class || wanted == long.class) {
            return Map.of("type", "integer");
        }
        if (wanted == Span.class) {
            return text("span", "^\\d{1,4} (day|workday|week|month|year)s?$", "期限，如 10 workdays");
        }
        if (wanted == MonthDay.class) {
            return text("month-day", "^\\d{2}-\\d{2}$", "月日，如 06-30");
        }
        if (wanted == LocalDate.class) {
            return text("date", "^\\d{4}-\\d{2}-\\d{2}$", "日期");
        }
        if (wanted == Money.class) {
            return reference("yuan", ordered("type", "number", "minimum", 0, "description", "金额，元"));
        }
        if (wanted.isEnum()) {
            return Map.of("enum", List.copyOf(Binder.constants(wanted)));
        }
        String name = Binder.kebab(wanted.getSimpleName()).substring(1);
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, struct(wanted));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> clause() {
        return ordered("type", "string", "pattern", "^[A-Z0-9]+-[A-Za-z0-9]+(-[A-Za-z0-9]+)?$");
    }

    private static Map<String, Object> array(Object element) {
        return ordered("type", "array", "items", element);
    }

    private Object text(String name, String pattern, String description) {
        return reference(name, ordered("type", "string", "pattern", pattern, "description", description));
    }

    private Object reference(String name, Map<String, Object> definition) {
        definitions.put(name, definition);
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static void print(Object value, int depth, StringBuilder out) {
        String margin = "  ".repeat(depth + 1);
        if (value instanceof Map<?, ?> map) {
            String glue = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(glue).append('\n').append(margin);
                quote(entry.getKey().toString(), out);
                out.append(": ");
                print(entry.getValue(), depth + 1, out);
                glue = ",";
            }
            out.append(map.isEmpty() ? "{}" : "\n" + "  ".repeat(depth) + "}");
        } else if (value instanceof List<?> list) {
            String glue = "[";
            for (Object element : list) {
                out.append(glue);
                print(element, depth + 1, out);
                glue = ", ";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            quote(text, out);
        } else {
            out.append(value);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
