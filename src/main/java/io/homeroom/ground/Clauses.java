package io.homeroom.ground;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clause ids as people cite them: {@code WHJX-12-1} is 第十二条（一）. A trailing {@code -0} or letter names a sentence
 * of the article and is not shown. Rules that hold for all associations, {@code XDOC-2}, go by what they are about: no
 * bylaw has such a number. What a bylaw
 * does not say about fees ends in {@code -FEE}. Other ids without an article number have no label; a rulebook may give them one.
 */
public final class Clauses {

    private static final Pattern FORM = Pattern.compile("[A-Z]{3,5}-(\\d{1,3})(?:-([A-Z]?)(\\d{0,2})[a-z]?)?");

    /** Begins the ids of rules that hold for all associations. */
    private static final String COMMON = "XDOC-";

    private static final Map<String, String> COMMON_WORDS = Map.of(
            "XDOC-1", "通用数字界限规则",
            "XDOC-2", "通用计日规则",
            "XDOC-3", "通用顺延规则",
            "XDOC-4", "通用工作日规则",
            "XDOC-5", "通用日界规则",
            "XDOC-6", "通用计票规则",
            "XDOC-9", "通用交费期规则");

    private static final String[] DIGITS = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

    private Clauses() {}

    /** Whether an id is that of a rule that holds for all associations, and of no bylaw. */
    public static boolean isCommon(String id) {
        return id.startsWith(COMMON);
    }

    /** 第…条 with its item, the words of a common rule, or the id itself where it names no article. */
    public static String label(String id) {
        if (isCommon(id)) {
            return COMMON_WORDS.getOrDefault(id, "通用规则");
        }
        if (id.endsWith("-FEE")) {
            return "没有会费的规定";
        }
        Matcher matcher = FORM.matcher(id);
        if (!matcher.matches()) {
            return id;
        }
        String article = "第" + number(Integer.parseInt(matcher.group(1))) + "条";
        String item = matcher.group(3);
        if (item == null || item.isEmpty() || item.equals("0")) {
            return article;
        }
        return article + "（" + number(Integer.parseInt(item)) + "）";
    }

    /** 1 to 199 in Chinese. */
    static String number(int n) {
        if (n >= 100) {
            int rest = n % 100;
            return DIGITS[n / 100] + "百"
                    + (rest == 0 ? "" : rest < 10 ? "零" + number(rest) : (rest < 20 ? "一" : "") + number(rest));
        }
        if (n < 10) {
            return DIGITS[n];
        }
        return (n < 20 ? "" : DIGITS[n / 10]) + "十" + DIGITS[n % 10];
    }
}
