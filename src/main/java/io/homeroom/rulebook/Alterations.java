package io.homeroom.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** In which parts two rulebooks differ, and on which clauses the rules rest that differ: for whoever must hear of it in a line. */
public final class Alterations {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("code", "协会"),
            Map.entry("name", "协会"),
            Map.entry("nickname", "协会"),
            Map.entry("title", "标题"),
            Map.entry("clauses", "条款"),
            Map.entry("labels", "条款"),
            Map.entry("readings", "未明之处的读法"),
            Map.entry("kinds", "会员"),
            Map.entry("grades", "等级"),
            Map.entry("entry", "等级"),
            Map.entry("posts", "职务"),
            Map.entry("bodies", "机构"),
            Map.entry("offices", "机构"),
            Map.entry("liaison", "联络员"),
            Map.entry("teacher", "班主任"),
            Map.entry("rights", "权利"),
            Map.entry("rightsEnd", "权利"),
            Map.entry("number", "权利"),
            Map.entry("fees", "会费"),
            Map.entry("noFee", "会费"),
            Map.entry("requirements", "入会条件"),
            Map.entry("apply", "入会条件"),
            Map.entry("reEntry", "再次入会"),
            Map.entry("cases", "案件怎么走"),
            Map.entry("changes", "变更资料"),
            Map.entry("upgrade", "升级"),
            Map.entry("downgrade", "降级"),
            Map.entry("sanctions", "处分"),
            Map.entry("watch", "到时会发生什么"),
            Map.entry("on", "随事办理"),
            Map.entry("reports", "报告"),
            Map.entry("attendance", "出席"),
            Map.entry("repeated", "每年的事"),
            Map.entry("meetings", "会议"),
            Map.entry("benefits", "服务"),
            Map.entry("sizes", "企业规模"),
            Map.entry("answers", "问答"),
            Map.entry("prices", "活动价格"),
            Map.entry("registers", "名录"),
            Map.entry("candidates", "候选人"));

    private Alterations() {}

    /** What people call the parts that differ, each with the clauses of what differs in it; their first days do not count. */
    public static Map<String, Set<String>> between(Rulebook before, Rulebook then) {
        Map<String, Set<String>> parts = new LinkedHashMap<>();
        for (RecordComponent component : Rulebook.class.getRecordComponents()) {
            Object old = Citations.value(component, before);
            Object now = Citations.value(component, then);
            String word = WORDS.get(component.getName());
            if (word != null && !Objects.equals(old, now)) {
                compare(old, now, List.of(), parts.computeIfAbsent(word, part -> new LinkedHashSet<>()));
            }
        }
        return parts;
    }

    /** @param above the clauses of what these are parts of */
    private static void compare(
            @Nullable Object old, @Nullable Object now, Collection<String> above, Set<String> clauses) {
        if (Objects.equals(old, now)) {
            return;
        }
        if (old instanceof Record one && now instanceof Record other && old.getClass() == now.getClass()) {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                compare(
                        Citations.value(component, one),
                        Citations.value(component, other),
                        cited(other, component, cited(one, component, above)),
                        clauses);
            }
        } else if (old instanceof Map<?, ?> one && now instanceof Map<?, ?> other) {
            Set<Object> keys = new LinkedHashSet<>(one.keySet());
            keys.addAll(other.keySet());
            keys.forEach(key -> compare(one.get(key), other.get(key), above, clauses));
        } else if (old instanceof List<?> one && now instanceof List<?> other) {
            List<Object> gone = new ArrayList<>(one);
            gone.removeAll(other);
            List<Object> come = new ArrayList<>(other);
            come.removeAll(one);
            for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
                compare(i < gone.size() ? gone.get(i) : null, i < come.size() ? come.get(i) : null, above, clauses);
            }
            if (gone.isEmpty() && come.isEmpty()) {
                clauses.addAll(above);
            }
        } else {
            add(old, above, clauses);
            add(now, above, clauses);
        }
    }

    private static void add(@Nullable Object one, Collection<String> above, Set<String> clauses) {
        Collection<String> own = one instanceof Record whole ? clauses(whole, "cite") : List.of();
        clauses.addAll(own.isEmpty() ? above : own);
    }

    /** The clauses of a part of a record: its own, else the record's, else those from above. */
    private static Collection<String> cited(Record owner, RecordComponent part, Collection<String> above) {
        Collection<String> own = clauses(owner, part.getName() + "Cite");
        Collection<String> whole = own.isEmpty() ? clauses(owner, "cite") : own;
        return whole.isEmpty() ? above : whole;
    }

    private static Collection<String> clauses(Record owner, String name) {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            if (component.getName().equals(name) && Citations.value(component, owner) instanceof Collection<?> cited) {
                return cited.stream().map(String::valueOf).toList();
            }
        }
        return List.of();
    }
}
