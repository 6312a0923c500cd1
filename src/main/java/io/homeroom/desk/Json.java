package io.homeroom.desk;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How this room keeps small maps and lists in a column. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, String> facts(String text) {
        return MAPPER.readValue(text, FACTS);
    }

    static List<String> words(String text) {
        return MAPPER.readValue(text, WORDS);
    }
}
