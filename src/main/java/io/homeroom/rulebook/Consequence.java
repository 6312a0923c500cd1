package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows, once.
 *
 * @param key the same for the same member, rule and occasion, whenever it is judged
 * @param rule id of the watch, or {@code reminder}
 * @param clauses of the rule
 * @param acts in order
 * @param bill the bill it is about
 * @param last the last day that was allowed
 * @param words what stands for the words in braces: {@code 会员 年度 金额 期限}
 * @param severe whether it opens a case against the member or takes something away
 */
public record Consequence(
        String key,
        String rule,
        List<String> clauses,
        List<Act> acts,
        @Nullable Long bill,
        @Nullable LocalDate last,
        Map<String, String> words,
        boolean severe) {

    /** Clauses of an act: its own, else the rule's. */
    public List<String> clauses(Act act) {
        return act.cite().isEmpty() ? clauses : act.cite();
    }

    /**
     * A notice's text.
     *
     * @param amounts whether the reader may see amounts; offices read in groups and may not
     */
    public String text(String says, boolean amounts) {
        String text = says;
        for (Map.Entry<String, String> word : words.entrySet()) {
            boolean hide = !amounts && word.getKey().equals("金额");
            text = text.replace("{" + word.getKey() + "}", hide ? "" : word.getValue());
        }
        return text;
    }

    /** The amount still owed on the bill, for templates. */
    static Map<String, String> words(String member, Facts.@Nullable Due bill, @Nullable String last) {
        Map<String, String> words = new java.util.LinkedHashMap<>();
        words.put("会员", member);
        if (bill != null) {
            Money owed = bill.owed();
            words.put("年度", Integer.toString(bill.year()));
            words.put("金额", owed.toString());
        }
        if (last != null) {
            words.put("期限", last);
        }
        return words;
    }
}
