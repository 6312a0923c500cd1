package io.homeroom.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names that a rulebook gives, and the ones that every rulebook may use. Finds where a rule means something that does
 * not bear the name it says; what may be left out, and is, is no fault.
 */
final class Names {

    private static final List<String> ENDS =
            List.of("withdrawn", "deemed-withdrawn", "expelled", "forfeited", "merged", "converted");
    private static final List<String> ENDS_OR_RESTS =
            Stream.concat(ENDS.stream(), Stream.of("suspended")).toList();
    private static final List<String> KINDS = List.of("unit", "individual");
    private static final List<String> PEOPLE = List.of(
            "member", "members", "liaison", "representative", "branch", "admin", "teacher", "former-teacher", "mover");

    private final Rulebook book;
    private final Marks marks;
    private final Set<String> grades = new LinkedHashSet<>();
    private final Set<String> posts = new LinkedHashSet<>();
    private final Set<String> deciders = new LinkedHashSet<>();
    private final Set<String> recipients = new LinkedHashSet<>();

    Names(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
        book.grades().forEach(g -> grades.add(g.name()));
        book.posts().forEach(p -> posts.add(p.name()));
        deciders.addAll(book.bodies().keySet());
        deciders.addAll(book.offices());
        recipients.addAll(deciders);
        recipients.addAll(PEOPLE);
    }

    boolean grade(Object owner, String part, @Nullable String name) {
        return known(owner, part, name, grades, "等级");
    }

    void grades(Object owner, String part, List<String> names) {
        all(owner, part, names, grades, "等级");
    }

    void post(Object owner, String part, @Nullable String name) {
        known(owner, part, name, posts, "职务");
    }

    void posts(Object owner, String part, List<String> names) {
        all(owner, part, names, posts, "职务");
    }

    void body(Object owner, String part, @Nullable String name) {
        known(owner, part, name, book.bodies().keySet(), "机构");
    }

    void bodies(Object owner, String part, List<String> names) {
        all(owner, part, names, book.bodies().keySet(), "机构");
    }

    /** A body or an office: who may decide. */
    void decider(Object owner, String part, @Nullable String name) {
        known(owner, part, name, deciders, "机构或部门");
    }

    void deciders(Object owner, String part, List<String> names) {
        all(owner, part, names, deciders, "机构或部门");
    }

    /** Whoever can be told: bodies, offices, and people by what they are to the member. */
    void recipient(Object owner, String part, @Nullable String name) {
        known(owner, part, name, recipients, "收件人");
    }

    void recipients(Object owner, String part, List<String> names) {
        all(owner, part, names, recipients, "收件人");
    }

    /** Who can be given a task: the same, called by another noun. */
    void doer(Object owner, String part, String name) {
        known(owner, part, name, recipients, "部门、机构或 teacher");
    }

    void kind(Object owner, String part, @Nullable String name) {
        known(owner, part, name, KINDS, "会员种类");
    }

    /** Ways in which membership ends. */
    void ends(Object owner, String part, List<String> names) {
        all(owner, part, names, ENDS, "终止方式");
    }

    /** Ways in which rights rest or membership ends. */
    void endsOrRests(Object owner, String part, List<String> names) {
        all(owner, part, names, ENDS_OR_RESTS, "终止方式");
    }

    boolean caseType(Object owner, String part, @Nullable String name) {
        return known(owner, part, name, book.cases().keySet(), "案件");
    }

    void reading(Object owner, String part, @Nullable String key) {
        List<String> set = book.readings().keySet().stream()
                .filter(one -> book.setting(one).isPresent())
                .toList();
        known(owner, part, key, set, "读法（readings）");
    }

    /** A clause that looks like one of this association. */
    void clause(Object owner, String part, String clause) {
        String own = book.code().toUpperCase(Locale.ROOT) + "-";
        if (!clause.startsWith(own) && !clause.startsWith("XDOC-")) {
            marks.fault(owner, part, "条款“" + clause + "”不属于本协会：应以 " + own + " 或 XDOC- 开头");
        } else if (!clause.matches("[A-Z0-9]+-[A-Za-z0-9]+(-[A-Za-z0-9]+)?")) {
            marks.fault(owner, part, "“" + clause + "”不像条款编号，应如 " + own + "12-1");
        }
    }

    /** Nothing is named twice. */
    void unique(Object owner, String part, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!seen.add(names.get(i))) {
                marks.fault(owner, part + "[" + i + "]", "“" + names.get(i) + "”出现了两次");
            }
        }
    }

    void all(Object owner, String part, List<String> names, Collection<String> allowed, String noun) {
        for (int i = 0; i < names.size(); i++) {
            known(owner, part + "[" + i + "]", names.get(i), allowed, noun);
        }
    }

    boolean known(Object owner, String part, @Nullable String name, Collection<String> allowed, String noun) {
        if (name == null || allowed.contains(name)) {
            return true;
        }
        boolean plural = part.indexOf('[') < 0 && part.indexOf('{') < 0;
        marks.fault(
                owner,
                plural && isMapPart(owner, part) ? part + "{" + name + "}" : part,
                "没有“" + name + "”这个" + noun + Binder.near(name, allowed));
        return false;
    }

    private static boolean isMapPart(Object owner, String part) {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            if (component.getName().equals(part)) {
                return component.getType() == Map.class;
            }
        }
        return false;
    }
}
