package io.homeroom.ground;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as rules write it: {@code 10 workdays}, {@code 2 months}, {@code 1 year}.
 *
 * @param count how many, not negative
 * @param unit of what
 */
public record Span(int count, Unit unit) {

    /** What a span counts. */
    public enum Unit {
        DAYS("天"),
        WORKDAYS("个工作日"),
        WEEKS("周"),
        MONTHS("个月"),
        YEARS("年");

        private final String word;

        Unit(String word) {
            this.word = word;
        }
    }

    private static final Pattern FORM = Pattern.compile("(\\d{1,4}) (day|workday|week|month|year)s?");
    private static final Map<String, Unit> UNITS = Map.of(
            "day", Unit.DAYS,
            "workday", Unit.WORKDAYS,
            "week", Unit.WEEKS,
            "month", Unit.MONTHS,
            "year", Unit.YEARS);

    public Span {
        if (count < 0) {
            throw new IllegalArgumentException("A span cannot be negative: " + count);
        }
    }

    /**
     * Reads {@code "<number> <unit>"}, the unit in singular or plural.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Span parse(String text) {
        Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("不是期限：“" + text + "”，应如 10 workdays、2 months、1 year");
        }
        Unit unit = UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new IllegalStateException(matcher.group(2));
        }
        return new Span(Integer.parseInt(matcher.group(1)), unit);
    }

    public static Span days(int count) {
        return new Span(count, Unit.DAYS);
    }

    public static Span years(int count) {
        return new Span(count, Unit.YEARS);
    }

    /** In Chinese: {@code 10个工作日}, {@code 1年}. */
    public String words() {
        return count + unit.word;
    }

    @Override
    public String toString() {
        return count + " " + unit.name().toLowerCase(Locale.ROOT);
    }
}
