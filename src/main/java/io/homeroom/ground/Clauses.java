package io.homeroom.ground;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clause ids as people cite them: {@code WHJX-12-1} is 第十二条（一）. A trailing {@code -0} or letter names a sentence
 * of the article and is not shown. Ids without an article number have no label; a rulebook may give them one.
 */
public final class Clauses {

    private static final Pattern FORM = Pattern.compile("[A-Z]{3,5}-(\\d{1,3})(?:-([A-Z]?)(\\d{0,2})[a-z]?)?");
    private static final String[] DIGITS = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

    private Clauses() {}

    /** 第…条 with its item, or the id itself where it names no article. */
    public static String label(String id) {
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
