package io.homeroom.casework;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists and maps in text columns. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static List<String> list(String text) {
        return MAPPER.readValue(text, new TypeReference<List<String>>() {});
    }

    static Map<String, String> map(String text) {
        return MAPPER.readValue(text, new TypeReference<Map<String, String>>() {});
    }
}
