package io.homeroom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A piece of a rehearsal file: plain text values, so that {@code 2025-03-31} and {@code 16666.67} stay what was written.
 * Whoever reads it names the keys it knows; any other is an error in the file.
 */
final class Script {

    private static final int MOST_CHARACTERS = 2_000_000;

    private final Map<String, Object> fields;
    private final String where;

    private Script(Map<String, Object> fields, String where) {
        this.fields = fields;
        this.where = where;
    }

    /** An error in a file, as opposed to a rehearsal that fails. */
    static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    static Script parse(String name, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(50);
        options.setCodePointLimit(MOST_CHARACTERS);
        try {
            Node root = new Yaml(options).compose(new java.io.StringReader(text));
            if (!(root instanceof MappingNode written)) {
                throw new Fault(name + "：不是演练文件");
            }
            return new Script(mapping(written, name), name);
        } catch (MarkedYAMLException e) {
            throw new Fault(name + "：" + e.getMessage());
        }
    }

    private static Map<String, Object> mapping(MappingNode node, String where) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode written)) {
                throw new Fault(where + "：键应是文字");
            }
            String key = written.getValue();
            if (fields.put(key, value(tuple.getValueNode(), where + "/" + key)) != null) {
                throw new Fault(where + "：“" + key + "”写了两次");
            }
        }
        return fields;
    }

    private static Object value(Node node, String where) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, where);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(value(item, where + "/" + items.size()));
            }
            return items;
        }
        throw new Fault(where + "：看不懂");
    }

    String where() {
        return where;
    }

    /** Refuses any key but these. */
    Script known(String... keys) {
        Set<String> allowed = Set.of(keys);
        for (String key : fields.keySet()) {
            if (!allowed.contains(key)) {
                throw new Fault(where + "：不认识“" + key + "”");
            }
        }
        return this;
    }

    Set<String> keys() {
        return fields.keySet();
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    String text(String key) {
        String found = textOr(key, null);
        if (found == null) {
            throw new Fault(where + "：缺少“" + key + "”");
        }
        return found;
    }

    @Nullable
    String textOr(String key, @Nullable String otherwise) {
        Object found = fields.get(key);
        if (found == null) {
            return otherwise;
        }
        if (!(found instanceof String text)) {
            throw new Fault(where + "/" + key + "：应是一个值");
        }
        return text;
    }

    boolean flag(String key, boolean otherwise) {
        String found = textOr(key, null);
        if (found == null) {
            return otherwise;
        }
        return switch (found) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Fault(where + "/" + key + "：应是 true 或 false");
        };
    }

    List<String> texts(String key) {
        Object found = fields.get(key);
        if (found == null) {
            return List.of();
        }
        if (!(found instanceof List<?> items)) {
            throw new Fault(where + "/" + key + "：应是列表");
        }
        return items.stream().map(String::valueOf).toList();
    }

    /** Whether what stands under the key is a part of its own, and not a value. */
    boolean isPart(String key) {
        return fields.get(key) instanceof Map<?, ?>;
    }

    Script part(String key) {
        Object found = fields.get(key);
        if (found == null) {
            return new Script(Map.of(), where + "/" + key);
        }
        return of(found, where + "/" + key);
    }

    List<Script> parts(String key) {
        Object found = fields.get(key);
        if (found == null) {
            return List.of();
        }
        if (!(found instanceof List<?> items)) {
            throw new Fault(where + "/" + key + "：应是列表");
        }
        List<Script> parts = new ArrayList<>();
        for (Object item : items) {
            parts.add(of(item, where + "/" + key + "/" + parts.size()));
        }
        return parts;
    }

    @SuppressWarnings("unchecked")
    private static Script of(Object found, String where) {
        if (!(found instanceof Map<?, ?>)) {
            throw new Fault(where + "：应是键值");
        }
        return new Script((Map<String, Object>) found, where);
    }
}
