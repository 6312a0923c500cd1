package io.homeroom.rulebook;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What members pay for places at events, as a reading says it: {@code free}, a percentage of the full price such as {@code
 * 80}, or both by grade, {@code 会员单位 80，理事单位 free}. Bylaws write that there is a better price, not how much better.
 */
public final class PriceTerms {

    static final String HINT = "“免费”或原价的百分之几，如 80；按等级不同的写作 会员单位 80，理事单位 免费";

    static final String FREE = "free";
    static final String FREE_WORD = "免费";

    private static final String PREFIX = "price-";
    private static final String COMMA = "[,，]";
    private static final int WHOLE = 100;

    private PriceTerms() {}

    /** Whether a reading says what members pay. */
    static boolean isReading(String key) {
        return key.startsWith(PREFIX);
    }

    static boolean fit(String value) {
        return Arrays.stream(value.split(COMMA, -1))
                .allMatch(part -> part.strip().matches("(\\S+ )?(free|100|[1-9]\\d?)"));
    }

    /** What somebody of a grade pays, in percent of the full price; 0 is free, and who is not named pays in full. */
    public static int percent(String value, @Nullable String grade) {
        for (String part : value.split(COMMA, -1)) {
            String[] words = part.strip().split(" ", -1);
            if (words.length == 1 || words[0].equals(grade)) {
                String much = words[words.length - 1];
                return much.equals(FREE) ? 0 : Integer.parseInt(much);
            }
        }
        return WHOLE;
    }
}
