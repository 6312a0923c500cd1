package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A template message of the account ("模板消息"): since 2023 every key says its type, and WeChat refuses values that do
 * not fit it with 47003.
 *
 * @param name the property under which the application knows it
 * @param title first line on the phone
 * @param fields key to label, in order
 */
record Template(String name, String title, Map<String, String> fields) {

    /** The five that each account of the sandbox has. */
    static final List<Template> ALL = List.of(
            of("bill", "会费账单通知", "thing1", "会员单位", "thing2", "费用名称", "amount3", "应缴金额", "time4", "截止日期"),
            of("reminder", "缴费提醒", "thing1", "会员单位", "thing2", "提醒事项", "amount3", "待缴金额", "time4", "截止日期"),
            of("payment", "缴费成功通知", "thing1", "会员单位", "amount2", "缴费金额", "time3", "缴费时间", "character_string4", "单号"),
            of("decision", "审议结果通知", "thing1", "会员单位", "thing2", "审议事项", "thing3", "结果", "time4", "时间"),
            of("notice", "会员服务通知", "thing1", "会员单位", "thing2", "事项", "time3", "时间"));

    private static final Pattern TYPE = Pattern.compile("([a-z_]+?)\\d+");
    private static final Pattern AMOUNT = Pattern.compile("[¥￥$]?\\d{1,10}(,\\d{3})*(\\.\\d{1,2})?元?");
    private static final String CLOCK = "([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?";
    private static final String DAY = "\\d{4}(年\\d{1,2}月\\d{1,2}日|-\\d{1,2}-\\d{1,2}|/\\d{1,2}/\\d{1,2})";
    private static final String MOMENT = "(" + DAY + "( ?" + CLOCK + ")?|" + CLOCK + ")";
    private static final Pattern TIME = Pattern.compile(MOMENT + "(~" + MOMENT + ")?");

    Template {
        fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private static Template of(String name, String title, String... keysAndLabels) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndLabels.length; i += 2) {
            fields.put(keysAndLabels[i], keysAndLabels[i + 1]);
        }
        return new Template(name, title, fields);
    }

    /** The content as {@code get_all_private_template} shows it. */
    String content() {
        StringBuilder text = new StringBuilder();
        fields.forEach(
                (key, label) -> text.append(label).append("：{{").append(key).append(".DATA}}\n"));
        return text.toString();
    }

    /** Checks the data and gives the lines of the phone. */
    List<Map<String, Object>> filled(JsonNode data) throws ApiError {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String key = field.getKey();
            JsonNode given = Json.child(data, key);
            String value = Json.text(given, "value");
            if (value.isBlank()) {
                throw new ApiError(47003, "argument invalid! data." + key + ".value is empty");
            }
            if (!fits(key, value)) {
                throw new ApiError(47003, "argument invalid! data." + key + ".value invalid");
            }
            String color = Json.text(given, "color");
            lines.add(Map.of(
                    "key",
                    key,
                    "label",
                    field.getValue(),
                    "value",
                    value,
                    "color",
                    color.isEmpty() ? "#000000" : color));
        }
        return lines;
    }

    /** Whether a value fits the type that a key such as {@code thing1} names. */
    static boolean fits(String key, String value) {
        var matcher = TYPE.matcher(key);
        String type = matcher.matches() ? String.valueOf(matcher.group(1)) : key;
        int length = value.codePointCount(0, value.length());
        return switch (type) {
            case "thing", "const" -> length <= 20 && value.indexOf('\n') < 0;
            case "character_string" -> length <= 32 && value.chars().allMatch(c -> c > 0x20 && c < 0x7F);
            case "time", "date" -> TIME.matcher(value).matches();
            case "amount" -> AMOUNT.matcher(value).matches();
            case "phone_number" -> length <= 17 && value.matches("[0-9+\\- ]+");
            case "car_number" -> length <= 8;
            case "phrase" -> value.matches("\\p{IsHan}{1,5}");
            case "name" -> length <= 10;
            case "number" -> length <= 32 && value.matches("-?\\d+(\\.\\d+)?");
            default -> length <= 200;
        };
    }
}
