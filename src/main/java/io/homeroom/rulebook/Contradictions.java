package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds one clause cited for two rules that cannot both be right. */
final class Contradictions {

    private final Rulebook book;
    private final Marks marks;
    /** The period for which a clause was cited first, by clause and kind of rule. */
    private final Map<String, Span> periods = new HashMap<>();

    Contradictions(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    void check() {
        watches();
        bars();
        tasks();
        rights();
        paths();
    }

    private void watches() {
        for (Watch watch : book.watch()) {
            Watch.When when = watch.when();
            Watch.Unpaid unpaid = when.unpaid();
            Watch.Inactive inactive = when.inactive();
            for (String clause : watch.cite()) {
                if (unpaid != null) {
                    agree(watch, "unpaid", clause, unpaid.beyond());
                }
                if (inactive != null) {
                    agree(watch, "inactive", clause, inactive.span());
                }
                if (when.suspended() != null) {
                    agree(watch, "suspended", clause, when.suspended());
                }
                if (when.unregistered() != null) {
                    agree(watch, "unregistered", clause, when.unregistered());
                }
            }
        }
    }

    private void bars() {
        for (Rulebook.Bar bar : book.reEntry()) {
            Span span = bar.bar();
            if (span != null) {
                bar.cite().forEach(clause -> agree(bar, "bar", clause, span));
            }
        }
    }

    /** The same task by the same clause has the same time, wherever a rule makes it. */
    private void tasks() {
        List<List<Act>> sources = new ArrayList<>();
        book.watch().forEach(watch -> sources.add(watch.then()));
        sources.addAll(book.on().values());
        sources.addAll(book.reports().values());
        book.cases().values().forEach(track -> {
            sources.addAll(List.of(track.filed(), track.approved(), track.done(), track.rejected()));
            track.stages().forEach(stage -> sources.add(stage.then()));
        });
        for (List<Act> acts : sources) {
            for (Act act : acts) {
                TaskRule task = act.task();
                if (task != null && task.due() != null) {
                    task.cite().forEach(clause -> agree(task, "task " + task.what(), clause, task.due()));
                }
            }
        }
    }

    private void agree(Object owner, String kind, String clause, Span span) {
        Span before = periods.putIfAbsent(clause + " " + kind, span);
        if (before != null && !before.equals(span)) {
            marks.fault(
                    owner, "cite", "条款“" + clause + "”在这里作" + span.words() + "，在前面作" + before.words() + "：同一条款不能有两个期限");
        }
    }

    /** A right that a clause gives to a grade is not refused to that grade, by this clause or another. */
    private void rights() {
        book.rights()
                .forEach((name, right) -> right.grades().stream()
                        .filter(right.refused()::containsKey)
                        .forEach(grade -> marks.fault(
                                right,
                                "refused{" + grade + "}",
                                "“" + grade + "”既写在有“" + name + "”权利的等级里，又写着拒绝的依据：只能留一处")));
    }

    private void paths() {
        if (book.upgrade() != null) {
            Rulebook.Upgrade upgrade = book.upgrade();
            once(upgrade, upgrade.paths());
            for (int i = 0; i < upgrade.paths().size(); i++) {
                String to = upgrade.paths().get(i).to();
                if (upgrade.never().containsKey(to)) {
                    marks.fault(upgrade, "paths[" + i + "]", "“" + to + "”写在 never 里不接受申请，又写了升到它的路径：只能留一处");
                }
            }
        }
        if (book.downgrade() != null) {
            once(book.downgrade(), book.downgrade().paths());
        }
    }

    /** Of two paths between the same grades only the first would ever be taken. */
    private void once(Object owner, List<Rulebook.Path> paths) {
        Map<String, Set<String>> seen = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            Rulebook.Path path = paths.get(i);
            for (String from : path.from()) {
                if (!seen.computeIfAbsent(path.to(), to -> new java.util.HashSet<>())
                        .add(from)) {
                    marks.fault(owner, "paths[" + i + "]", "从“" + from + "”到“" + path.to() + "”写了两条路径，后一条永远用不到");
                }
            }
        }
    }
}
