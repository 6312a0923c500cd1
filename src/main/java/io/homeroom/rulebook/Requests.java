package io.homeroom.rulebook;

import java.util.List;
import java.util.Set;

/** Finds what is wrong with what newcomers and members may ask for: to come in, to rise, to change what is known of them. */
final class Requests {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;
    private final Numbers numbers;
    private final Acts acts;

    Requests(Rulebook book, Marks marks, Names names, Numbers numbers, Acts acts) {
        this.book = book;
        this.marks = marks;
        this.names = names;
        this.numbers = numbers;
        this.acts = acts;
    }

    void check() {
        for (Rulebook.Bar bar : book.reEntry()) {
            names.ends(bar, "after", bar.after());
        }
        book.changes().forEach((field, change) -> {
            List<String> track = change.track();
            if (!track.equals(List.of("now"))) {
                names.deciders(change, "track", track);
            }
            names.deciders(change, "officeHolder", change.officeHolder());
            names.posts(change, "offices", change.offices());
            names.posts(change, "officesNot", change.officesNot());
            names.recipients(change, "tell", change.tell());
            names.recipient(change, "headTell", change.headTell());
            acts.task(change.task());
            if (!book.cases().containsKey("change")) {
                marks.fault(book, "changes{" + field + "}", "写了资料变更，却没有 cases 里的 change");
            }
        });
        for (Rulebook.Check check : book.apply()) {
            names.kind(check, "kind", check.kind());
            names.recipient(check, "tell", check.tell());
        }
        rises();
        falls();
    }

    private void rises() {
        if (book.upgrade() != null) {
            Rulebook.Upgrade upgrade = book.upgrade();
            paths(upgrade, upgrade.paths(), upgrade.conditions().keySet(), 1);
            upgrade.never().keySet().forEach(g -> names.grade(upgrade, "never", g));
            upgrade.conditions().forEach((name, list) -> {
                if (upgrade.paths().stream().noneMatch(p -> name.equals(p.conditions()))) {
                    marks.fault(upgrade, "conditions{" + name + "}", "没有一条升级路径用到“" + name + "”");
                }
                for (Rulebook.Condition condition : list) {
                    condition(condition);
                }
            });
            if (upgrade.exceptional() != null) {
                names.grade(
                        upgrade.exceptional(), "grade", upgrade.exceptional().grade());
                numbers.positive(
                        upgrade.exceptional(),
                        "nominators",
                        upgrade.exceptional().nominators());
            }
            if (upgrade.extra() != null) {
                names.grade(upgrade.extra(), "grade", upgrade.extra().grade());
                names.grades(upgrade.extra(), "nominatedBy", upgrade.extra().nominatedBy());
                names.clause(upgrade.extra(), "matter", upgrade.extra().matter());
            }
            needsCase("upgrade");
        }
    }

    private void falls() {
        if (book.downgrade() != null) {
            paths(book.downgrade(), book.downgrade().paths(), Set.of(), -1);
            needsCase("downgrade");
        }
        if (!book.sanctions().isEmpty()) {
            needsCase("sanction");
        }
    }

    private void needsCase(String type) {
        if (!book.cases().containsKey(type)) {
            marks.fault(book, type.equals("sanction") ? "sanctions" : type, "没有 cases 里的 " + type + "，这些规则走不到");
        }
    }

    private void paths(Object owner, List<Rulebook.Path> paths, Set<String> named, int direction) {
        for (int i = 0; i < paths.size(); i++) {
            Rulebook.Path path = paths.get(i);
            names.grades(path, "from", path.from());
            boolean to = names.grade(path, "to", path.to());
            names.known(path, "conditions", path.conditions(), named, "条件清单");
            for (String from : path.from()) {
                if (to && book.rank(from) >= 0) {
                    int step = book.rank(path.to()) - book.rank(from);
                    if (step * direction <= 0) {
                        marks.fault(
                                owner,
                                "paths[" + i + "]",
                                "从“" + from + "”到“" + path.to() + "”" + (direction > 0 ? "不是升级" : "不是降级"));
                    }
                }
            }
        }
    }

    private void condition(Rulebook.Condition condition) {
        int set = (condition.tenure() != null ? 1 : 0)
                + (condition.paidOnTime() ? 1 : 0)
                + (condition.absences() != null ? 1 : 0)
                + (condition.judged() ? 1 : 0);
        if (set != 1) {
            marks.fault(condition, "", "每个条件须在 tenure、paid-on-time、absences、judged 中恰好写一个");
        }
        names.grades(condition, "grades", condition.grades());
        names.bodies(condition, "meetings", condition.meetings());
        if (condition.absences() != null && (condition.meetings().isEmpty() || condition.window() == null)) {
            marks.fault(condition, "absences", "缺席次数要写明是哪些会议（meetings）和多长时间内（window）");
        }
    }
}
