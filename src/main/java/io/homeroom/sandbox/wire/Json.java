package io.homeroom.sandbox.wire;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees; the wire's field names are WeChat's, so there are no classes for them. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Reads an object; anything else, and text that is no JSON, gives an {@link IllegalArgumentException}. */
    public static ObjectNode read(byte[] body) {
        return read(new String(body, StandardCharsets.UTF_8));
    }

    /** Reads an object; anything else, and text that is no JSON, gives an {@link IllegalArgumentException}. */
    public static ObjectNode read(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    /** Text of a field, empty where it is missing, null or no scalar. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || !value.isValueNode() || value.isNull() ? "" : value.asString();
    }

    /** A whole number of a field, or the fallback where it is missing or no whole number. */
    public static long number(JsonNode node, String field, long otherwise) {
        JsonNode value = node.get(field);
        if (value == null || !value.isValueNode() || value.isNull()) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.asString().strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** A truth value of a field; false where it is missing. */
    public static boolean flag(JsonNode node, String field) {
        return "true".equals(text(node, field));
    }

    /** The object in a field, an empty one where it is missing. */
    public static ObjectNode child(JsonNode node, String field) {
        return node.get(field) instanceof ObjectNode object ? object : object();
    }

    /** The array in a field, an empty one where it is missing. */
    public static ArrayNode list(JsonNode node, String field) {
        return node.get(field) instanceof ArrayNode array ? array : array();
    }

    /** A JSON tree of a record, list or map. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** UTF-8 bytes of a tree. */
    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }
}
