package io.homeroom.member;

import jakarta.persistence.AttributeConverter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists and maps in text columns. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {};
    private static final TypeReference<List<Sanction>> SANCTIONS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    private Json() {}

    static String fields(Map<String, String> fields) {
        return fields.isEmpty() ? "{}" : MAPPER.writeValueAsString(fields);
    }

    /** Posts. */
    static class Words implements AttributeConverter<List<String>, String> {
        @Override
        public String convertToDatabaseColumn(List<String> words) {
            return words.isEmpty() ? "[]" : MAPPER.writeValueAsString(words);
        }

        @Override
        public List<String> convertToEntityAttribute(String text) {
            return text.equals("[]") ? List.of() : MAPPER.readValue(text, WORDS);
        }
    }

    /** Sanctions on record. */
    static class Sanctions implements AttributeConverter<List<Sanction>, String> {
        @Override
        public String convertToDatabaseColumn(List<Sanction> sanctions) {
            return sanctions.isEmpty() ? "[]" : MAPPER.writeValueAsString(sanctions);
        }

        @Override
        public List<Sanction> convertToEntityAttribute(String text) {
            return text.equals("[]") ? List.of() : MAPPER.readValue(text, SANCTIONS);
        }
    }

    /** Fields by name. */
    static class Fields implements AttributeConverter<Map<String, String>, String> {
        @Override
        public String convertToDatabaseColumn(Map<String, String> fields) {
            return fields(fields);
        }

        @Override
        public Map<String, String> convertToEntityAttribute(String text) {
            return text.equals("{}") ? Map.of() : MAPPER.readValue(text, FIELDS);
        }
    }
}
