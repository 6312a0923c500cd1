package io.homeroom.rulebook;

import io.homeroom.ground.Money;
import java.time.LocalDate;
import java.util.LinkedHashMap;
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
 * @param owed what is still owed on it
 * @param last the last day that was allowed
 * @param words what stands for the words in braces: {@code 会员 年度 金额 期限}; under {@link #DUE} the last day that tasks share
 * @param severe whether it opens a case against the member or takes something away
 * @param late whether its day had passed before the bill was made: the member was told of that in another way
 */
public record Consequence(
        String key,
        String rule,
        List<String> clauses,
        List<Act> acts,
        @Nullable Long bill,
        @Nullable Money owed,
        @Nullable LocalDate last,
        Map<String, String> words,
        boolean severe,
        boolean late) {

    /** Among the words: the last day of what brought the consequence about, where its tasks share it. */
    public static final String DUE = "due";

    /** Clauses of an act: its own, else the rule's. */
    public List<String> clauses(Act act) {
        return act.cite().isEmpty() ? clauses : act.cite();
    }

    /** A notice's text, its words in braces filled in. */
    public String text(String says) {
        String text = says;
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{" + word.getKey() + "}", word.getValue());
        }
        return text;
    }

    /** The figures apart, for templates of messages. */
    public Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        if (owed != null) {
            data.put("amountFen", Long.toString(owed.fen()));
        }
        if (last != null) {
            data.put("dueOn", last.toString());
        }
        if (bill != null) {
            data.put("bill", bill.toString());
        }
        return data;
    }

    static Map<String, String> words(String member, Facts.@Nullable Due bill, @Nullable String last) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("会员", member);
        if (bill != null) {
            words.put("年度", Integer.toString(bill.year()));
            words.put("金额", bill.owed().toString());
        }
        if (last != null) {
            words.put("期限", last);
        }
        return words;
    }
}
