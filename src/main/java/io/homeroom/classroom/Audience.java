package io.homeroom.classroom;

import java.util.ArrayList;
import java.util.List;

/**
 * For whom of the class, or of all classes, a message is.
 *
 * @param grades member grades; empty for all
 * @param arrears only who owes something overdue: such a message goes one to one
 * @param size size of the enterprise; empty for all
 * @param topic words of the main business, or of a member's noted topics; empty for all
 */
public record Audience(List<String> grades, boolean arrears, String size, String topic) {

    /** Sizes by the number of people employed, as statistics divide what has no measure of its own. */
    public enum Size {
        MICRO("微型（不足10人）", 0, 9),
        SMALL("小型（10—99人）", 10, 99),
        MEDIUM("中型（100—299人）", 100, 299),
        LARGE("大型（300人以上）", 300, Integer.MAX_VALUE);

        private final String word;
        private final int from;
        private final int to;

        Size(String word, int from, int to) {
            this.word = word;
            this.from = from;
            this.to = to;
        }

        /** As shown on screen. */
        public String word() {
            return word;
        }

        /** In forms. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean holds(int people) {
            return people >= from && people <= to;
        }
    }

    /** All. */
    public static final Audience ALL = new Audience(List.of(), false, "", "");

    public Audience {
        grades = List.copyOf(grades);
        topic = topic.strip();
    }

    /** Whether nobody is left out. */
    public boolean isAll() {
        return grades.isEmpty() && !arrears && size.isEmpty() && topic.isEmpty();
    }

    /** In words: 会员、理事 · 欠费. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (!grades.isEmpty()) {
            words.add(String.join("、", grades));
        }
        if (!size.isEmpty()) {
            words.add(Size.valueOf(size.toUpperCase(java.util.Locale.ROOT)).word());
        }
        if (!topic.isEmpty()) {
            words.add("主业或关注“" + topic + "”");
        }
        if (arrears) {
            words.add("欠费的");
        }
        return words.isEmpty() ? "全班" : String.join(" · ", words);
    }
}
