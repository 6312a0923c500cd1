package io.homeroom.api;

import io.homeroom.api.ApiProblem.FieldFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object that was sent to us, read field by field. Faults are gathered, not thrown one by one, so that the
 * sender hears of all of them at once; {@link #check} ends the reading.
 */
final class Asked {

    private static final long MOST_FEN = 100_000_000_00L;

    private final JsonNode body;
    private final String path;
    private final List<FieldFault> faults;
    private final Set<String> known = new HashSet<>();
    private final List<Asked> parts = new ArrayList<>();

    private Asked(JsonNode body, String path, List<FieldFault> faults) {
        this.body = body;
        this.path = path;
        this.faults = faults;
    }

    /** Starts reading; a body that is no object is a fault of its own. */
    static Asked of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ApiProblem.fault("", "正文要是一个 JSON 对象");
        }
        return new Asked(body, "", new ArrayList<>());
    }

    /** Whether the field was sent at all, be it as null. */
    boolean has(String field) {
        return body.has(field);
    }

    /** Whether the field was sent as null, to clear it. */
    boolean isNull(String field) {
        return body.has(field) && body.get(field).isNull();
    }

    void fault(String field, String message) {
        faults.add(new FieldFault(path + field, message));
    }

    /** Text without blanks around it, at most so many characters, without control characters. */
    @Nullable
    String text(String field, int most) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            fault(field, "要用引号写成文字");
            return null;
        }
        String text = value.asString().strip();
        if (text.length() > most) {
            fault(field, "最多" + most + "个字");
            return null;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            fault(field, "含有不能显示的字符");
            return null;
        }
        return text.isEmpty() ? null : text;
    }

    /** Text that must be there; the empty string stands for a fault already noted. */
    String required(String field, int most) {
        int before = faults.size();
        String text = text(field, most);
        if (text == null && faults.size() == before) {
            fault(field, "不能缺");
        }
        return text == null ? "" : text;
    }

    @Nullable
    LocalDate day(String field) {
        String text = text(field, 40);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            fault(field, "日期写成 2026-03-31 这样");
            return null;
        }
    }

    /** An instant with its offset; a plain day stands for its beginning in Shanghai. */
    @Nullable
    Instant instant(String field) {
        String text = text(field, 40);
        if (text == null) {
            return null;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(Shapes.ZONE).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            fault(field, "时间写成 2026-03-31T10:00:00+08:00 这样");
            return null;
        }
    }

    /** A positive amount in whole fen. */
    long fen(String field) {
        Long fen = whole(field, 1, MOST_FEN);
        if (fen == null && !has(field)) {
            fault(field, "不能缺；以分为单位，6000元写作 600000");
        }
        return fen == null ? 0 : fen;
    }

    /** A whole number between two others, both included. */
    @Nullable
    Long whole(String field, long least, long most) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            fault(field, "要写成整数，不带引号和小数");
            return null;
        }
        long number = value.asLong();
        if (number < least || number > most) {
            fault(field, "要在" + least + "到" + most + "之间");
            return null;
        }
        return number;
    }

    @Nullable
    Boolean flag(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            fault(field, "写成 true 或 false");
            return null;
        }
        return value.asBoolean();
    }

    /** A word of a closed list; {@code read} throws {@link IllegalArgumentException} for others. */
    <T> @Nullable T word(String field, Function<String, T> read, List<String> words) {
        String text = text(field, 60);
        if (text == null) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            fault(field, "只能是 " + String.join("、", words));
            return null;
        }
    }

    /** A number or a short text, as text: ids are sent either way. */
    @Nullable
    String loose(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber()) {
            return value.asString();
        }
        return text(field, 120);
    }

    /** A list of short texts, empty if it was not sent. */
    List<String> texts(String field, int most) {
        JsonNode value = value(field);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray()) {
            fault(field, "写成列表：[\"…\"]");
            return texts;
        }
        for (JsonNode one : value) {
            if (!one.isString() || one.asString().length() > most) {
                fault(field, "每一项是不超过" + most + "个字的文字");
                return texts;
            }
            texts.add(one.asString().strip());
        }
        return texts;
    }

    /** An object inside this one. */
    @Nullable
    Asked part(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            fault(field, "要是一个对象：{…}");
            return null;
        }
        Asked part = new Asked(value, path + field + ".", faults);
        parts.add(part);
        return part;
    }

    /**
     * Ends the reading: fields that nobody asked for are faults too, for a misspelt one would be lost in silence.
     *
     * @throws ApiProblem with all faults
     */
    void check() {
        strangers();
        if (!faults.isEmpty()) {
            throw ApiProblem.faults(faults);
        }
    }

    private void strangers() {
        for (String name : body.propertyNames()) {
            if (!known.contains(name)) {
                fault(name, "没有这个字段，或这里不能改它");
            }
        }
        parts.forEach(Asked::strangers);
    }

    private @Nullable JsonNode value(String field) {
        known.add(field);
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
