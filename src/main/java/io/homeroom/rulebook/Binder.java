package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import io.homeroom.ground.Span;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes records out of YAML by their component types and collects every fault on the way. Text is taken as written:
 * YAML's own guesses (dates, yes and no, octal numbers) have no say, the component's type has.
 */
final class Binder {

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ALIASES = 200;
    private static final int MAX_NODES = 200_000;

    private final Marks marks;
    private int nodes;

    Binder(Marks marks) {
        this.marks = marks;
    }

    /** Empty if anything of the form is wrong. */
    <T extends Record> Optional<T> bind(String text, Class<T> type) {
        if (text.length() > MAX_CHARACTERS) {
            marks.fault((Mark) null, "文件过大：最多 " + MAX_CHARACTERS + " 个字符");
            return Optional.empty();
        }
        try {
            Node root = compose(text);
            if (root == null) {
                marks.fault((Mark) null, "文件是空的");
                return Optional.empty();
            }
            Object bound = value(root, type, 0);
            return marks.clean() ? Optional.ofNullable(type.cast(bound)) : Optional.empty();
        } catch (MarkedYAMLException e) {
            marks.fault(e.getProblemMark(), "YAML 写法有误：" + e.getProblem());
        } catch (YAMLException e) {
            marks.fault((Mark) null, "YAML 写法有误：" + e.getMessage());
        }
        return Optional.empty();
    }

    /**
     * The parts of a text, each with its place; null for a text without any.
     *
     * @throws YAMLException for what is no YAML, or more than a rulebook needs
     */
    static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        return new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
    }

    private @Nullable Object value(Node node, Type type, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            marks.fault(node.getStartMark(), "嵌套过深或内容过多（引用自己的别名也会如此）");
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(node, arguments[0], depth)
                    : map(node, arguments[1], depth);
        }
        Class<?> wanted = (Class<?>) type;
        return wanted.isRecord() && wanted != Span.class && wanted != Money.class
                ? struct(node, wanted, depth)
                : scalar(node, wanted);
    }

    private @Nullable Object struct(Node node, Class<?> type, int depth) {
        if (!(node instanceof MappingNode mapping)) {
            marks.fault(node.getStartMark(), "这里应是若干“键: 值”，可用的键：" + String.join("、", keys(type)));
            return null;
        }
        Map<String, Node> values = new HashMap<>();
        Map<String, Mark> parts = new HashMap<>();
        parts.put("", node.getStartMark());
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            if (key == null) {
                continue;
            }
            Mark place = tuple.getKeyNode().getStartMark();
            if (!keys(type).contains(key)) {
                marks.fault(place, "没有“" + key + "”这个键" + near(key, keys(type)));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                marks.fault(place, "“" + key + "”写了两次");
            } else {
                place(parts, component(type, key).getName(), tuple.getValueNode());
            }
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        boolean whole = true;
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Node given = values.get(kebab(component.getName()));
            if (given == null || isNull(given)) {
                arguments[i] = absent(component);
                if (arguments[i] == null && !isNullable(component)) {
                    marks.fault(
                            given == null ? node.getStartMark() : given.getStartMark(),
                            "缺少“" + kebab(component.getName()) + "”");
                    whole = false;
                }
            } else {
                arguments[i] = value(given, component.getGenericType(), depth + 1);
                whole &= arguments[i] != null;
            }
        }
        if (!whole) {
            return null;
        }
        Object made = construct(type, components, arguments, node);
        if (made != null) {
            marks.putAll(made, parts);
        }
        return made;
    }

    private static void place(Map<String, Mark> parts, String name, Node value) {
        parts.put(name, value.getStartMark());
        if (value instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                parts.put(name + "[" + i + "]", sequence.getValue().get(i).getStartMark());
            }
        } else if (value instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    parts.put(name + "{" + key.getValue() + "}", key.getStartMark());
                }
            }
        }
    }

    private @Nullable Object construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] arguments, Node node) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            marks.fault(node.getStartMark(), "不能这样写：" + e.getTargetException().getMessage());
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable List<Object> list(Node node, Type type, int depth) {
        if (node instanceof ScalarNode && (type == String.class || type == Integer.class)) {
            Object only = value(node, type, depth + 1);
            return only == null ? null : List.of(only);
        }
        if (!(node instanceof SequenceNode sequence)) {
            marks.fault(node.getStartMark(), "这里应是列表，如 [甲, 乙]");
            return null;
        }
        List<Object> made = new ArrayList<>();
        boolean whole = true;
        for (Node element : sequence.getValue()) {
            Object value = isNull(element) ? null : value(element, type, depth + 1);
            if (isNull(element)) {
                marks.fault(element.getStartMark(), "列表里有空项");
            }
            if (value == null) {
                whole = false;
            } else {
                made.add(value);
            }
        }
        return whole ? List.copyOf(made) : null;
    }

    private @Nullable Map<String, Object> map(Node node, Type type, int depth) {
        if (!(node instanceof MappingNode mapping)) {
            marks.fault(node.getStartMark(), "这里应是若干“名称: 内容”");
            return null;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        boolean whole = true;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            Object value = key == null ? null : value(tuple.getValueNode(), type, depth + 1);
            if (key == null || value == null) {
                whole = false;
            } else if (made.put(key, value) != null) {
                marks.fault(tuple.getKeyNode().getStartMark(), "“" + key + "”写了两次");
                whole = false;
            }
        }
        return whole ? Collections.unmodifiableMap(made) : null;
    }

    private @Nullable Object scalar(Node node, Class<?> type) {
        if (!(node instanceof ScalarNode scalar)) {
            marks.fault(node.getStartMark(), "这里应是" + words(type) + "，不是列表或“键: 值”");
            return null;
        }
        String text = scalar.getValue().strip();
        try {
            if (type == String.class) {
                if (text.isEmpty()) {
                    throw new IllegalArgumentException("空白");
                }
                return text;
            }
            if (type == boolean.class) {
                return switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException(text);
                };
            }
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == long.class) {
                return Long.valueOf(text);
            }
            if (type == Span.class) {
                return Span.parse(text);
            }
            if (type == Money.class) {
                return money(text);
            }
            if (type == MonthDay.class) {
                return MonthDay.parse("--" + text);
            }
            if (type == LocalDate.class) {
                return LocalDate.parse(text);
            }
            if (type.isEnum()) {
                return constant(scalar, type);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            marks.fault(node.getStartMark(), "“" + text + "”不是" + words(type));
            return null;
        }
        throw new IllegalStateException("No way to read " + type);
    }

    private static Money money(String text) {
        BigDecimal yuan = new BigDecimal(text);
        if (yuan.signum() < 0 || yuan.precision() - yuan.scale() > 12) {
            throw new IllegalArgumentException(text);
        }
        return Money.ofYuan(yuan);
    }

    private @Nullable Object constant(ScalarNode scalar, Class<?> type) {
        List<String> allowed = constants(type);
        int found = allowed.indexOf(scalar.getValue());
        if (found < 0) {
            marks.fault(scalar.getStartMark(), "“" + scalar.getValue() + "”不可用" + near(scalar.getValue(), allowed));
            return null;
        }
        return type.getEnumConstants()[found];
    }

    private @Nullable String key(Node node) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.MERGE)) {
                marks.fault(node.getStartMark(), "不支持合并键 <<");
                return null;
            }
            return scalar.getValue().strip();
        }
        marks.fault(node.getStartMark(), "键应是文字");
        return null;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN
                && scalar.getTag().equals(Tag.NULL);
    }

    /** Silence is information: an absent list or map is empty, an absent switch is off. */
    private static @Nullable Object absent(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? Integer.valueOf(0) : null;
    }

    static boolean isNullable(RecordComponent component) {
        AnnotatedType type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    static boolean isRequired(RecordComponent component) {
        return absent(component) == null && !isNullable(component);
    }

    static List<String> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(c -> kebab(c.getName()))
                .toList();
    }

    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static RecordComponent component(Class<?> type, String key) {
        return Arrays.stream(type.getRecordComponents())
                .filter(c -> kebab(c.getName()).equals(key))
                .findFirst()
                .orElseThrow();
    }

    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String words(Class<?> type) {
        if (type == boolean.class) {
            return " true 或 false";
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return "整数";
        }
        if (type == Span.class) {
            return "期限，如 10 workdays、2 months、1 year";
        }
        if (type == Money.class) {
            return "金额（元，最多两位小数，不为负）";
        }
        if (type == MonthDay.class) {
            return "月日，如 06-30";
        }
        if (type == LocalDate.class) {
            return "日期，如 2026-06-30";
        }
        return type.isEnum() ? "以下之一：" + String.join("、", constants(type)) : "文字";
    }

    /** What is allowed, and which of it was probably meant. */
    static String near(String written, Collection<String> allowed) {
        String best = null;
        int least = Math.max(1, written.length() / 3) + 1;
        for (String candidate : allowed) {
            int distance = distance(written, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        String list = allowed.isEmpty() ? "" : "，可用：" + String.join("、", allowed);
        return best == null ? list : "，是否想写“" + best + "”？" + list.substring(1);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? corner : corner + 1;
                row[j] = Math.min(same, Math.min(above, row[j - 1]) + 1);
                corner = above;
            }
        }
        return row[b.length()];
    }
}
