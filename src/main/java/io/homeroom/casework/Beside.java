package io.homeroom.casework;

import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of which a member may have several values side by side, such as the branches it is in (BACCA-27-7). The first
 * stands in the field itself, the others in one beside it.
 */
final class Beside {

    private static final String MORE = "-more";
    private static final String COMMA = "、";

    private Beside() {}

    /** All values of a field, the first one first. */
    static List<String> of(Member member, String field) {
        if (field.equals(Act.BRANCH)) {
            return member.branches();
        }
        List<String> values = new ArrayList<>();
        String first = member.data().get(field);
        if (first != null && !first.isEmpty()) {
            values.add(first);
        }
        String more = member.data().getOrDefault(field + MORE, "");
        if (!more.isEmpty()) {
            values.addAll(List.of(more.split(COMMA)));
        }
        return values.stream().distinct().toList();
    }

    private static String field(Rulebook.Change rule) {
        return String.valueOf(rule.leaves() == null ? rule.beside() : rule.leaves());
    }

    /** What is written when a value is added or given up. */
    static Map<String, String> changed(Member member, Rulebook.Change rule, String value) {
        String of = field(rule);
        List<String> values = new ArrayList<>(of(member, of));
        if (rule.leaves() == null) {
            values.add(value);
        } else {
            values.remove(value);
        }
        Map<String, String> written = new LinkedHashMap<>();
        written.put(of, values.isEmpty() ? "" : values.get(0));
        if (values.size() > 1 || member.data().containsKey(of + MORE)) {
            written.put(of + MORE, values.isEmpty() ? "" : String.join(COMMA, values.subList(1, values.size())));
        }
        return written;
    }

    /** Why a value cannot be added or given up. */
    static Optional<Refusal> against(Member member, Rulebook.Change rule, String value) {
        if (rule.leaves() != null) {
            return of(member, rule.leaves()).contains(value)
                    ? Optional.empty()
                    : Optional.of(new Refusal(rule.cite(), member.name() + "没有加入“" + value + "”", null));
        }
        if (rule.beside() == null) {
            return Optional.empty();
        }
        if (value.isBlank() || value.contains(COMMA)) {
            return Optional.of(new Refusal(rule.cite(), "一次写一个，不用顿号", null));
        }
        return of(member, rule.beside()).contains(value)
                ? Optional.of(new Refusal(rule.cite(), member.name() + "已经加入“" + value + "”", null))
                : Optional.empty();
    }
}
