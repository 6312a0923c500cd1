package io.homeroom.notice;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How this room keeps a notice's facts in a column. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private Json() {}

    static String write(Map<String, String> facts) {
        return MAPPER.writeValueAsString(facts);
    }

    static Map<String, String> facts(String text) {
        return MAPPER.readValue(text, FACTS);
    }
}
