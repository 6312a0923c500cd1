package io.homeroom.rulebook;

import io.homeroom.ground.Span;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds one clause cited for two rules that cannot both be right. */
final class Contradictions {

    private final Rulebook book;
    private final Marks marks;
    /** The period for which a clause was cited first, by clause and kind of rule. */
    private final Map<String, Span> periods = new HashMap<>();
    /** What a clause was cited for first, and how a share or a number of it reads, by clause and kind of rule. */
    private final Map<String, String> measures = new HashMap<>();

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
        votes();
        quorums();
        caps();
        deadlines();
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
        agree(owner, "cite", kind, clause, span);
    }

    private void agree(Object owner, String part, String kind, String clause, Span span) {
        Span before = periods.putIfAbsent(clause + " " + kind, span);
        if (before != null && !before.equals(span)) {
            marks.fault(
                    owner, part, "条款“" + clause + "”在这里作" + span.words() + "，在前面作" + before.words() + "：同一条款不能有两个期限");
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

    /** One body decides by one clause with one majority; a clause may give another body another. */
    private void votes() {
        book.cases().values().forEach(track -> {
            track.stages().forEach(this::votes);
            track.matters().values().forEach(stages -> stages.forEach(this::votes));
        });
        if (book.upgrade() != null) {
            book.upgrade().paths().forEach(path -> path.stages().forEach(this::votes));
        }
        book.posts().forEach(post -> vote(post.by(), "counted", post.counted()));
    }

    private void votes(Track.Stage stage) {
        vote(stage.at(), "counted", stage.counted());
        vote(stage.at(), "exceptional", stage.exceptional());
    }

    private void vote(String body, String kind, Track.@Nullable Vote vote) {
        if (vote == null) {
            return;
        }
        String reads = (vote.base().equals("seats") ? "全体的" : "到会的")
                + reads(vote.share())
                + (vote.tie() == null ? "" : "（恰好达到按“" + vote.tie() + "”）")
                + (vote.maxAgainst() == null ? "" : "、反对不超过" + vote.maxAgainst() + "票");
        vote.cite().forEach(clause -> measure(vote, clause, body + " " + kind, reads, "“" + body + "”有两种通过的比例"));
    }

    private void quorums() {
        book.bodies().values().forEach(body -> {
            Rulebook.Share quorum = body.quorum();
            if (quorum != null) {
                body.quorumCite().forEach(clause -> measure(body, clause, "quorum", "到会" + reads(quorum), "有两种到会比例"));
            }
        });
    }

    /** One clause caps grades at one number; and a post is among the lower ones of its line, so it has no more seats. */
    private void caps() {
        for (Rulebook.Grade grade : book.grades()) {
            Integer cap = grade.cap();
            if (cap != null) {
                grade.capCite().forEach(clause -> measure(grade, clause, "cap", cap + "名", "有两个名额上限"));
            }
        }
        for (Rulebook.Post high : book.posts()) {
            for (Rulebook.Post low : book.posts()) {
                Integer room = low.max();
                if (room == null || high.name().equals(low.name()) || !book.includes(high.name(), low.name())) {
                    continue;
                }
                Integer most = high.max();
                Integer least = high.min();
                if ((most != null && most > room) || (least != null && least > room)) {
                    marks.fault(
                            high,
                            "max",
                            "“" + high.name() + "”都在“" + low.name() + "”之内，名额 " + (most == null ? least : most)
                                    + " 名多于“" + low.name() + "”的 " + room + " 名");
                }
            }
        }
    }

    /** A clause gives a case one time, whether the case, the written answer to it or a kind of registration states it. */
    private void deadlines() {
        book.cases().values().forEach(track -> {
            Span due = track.due();
            if (due != null) {
                track.dueCite().forEach(clause -> agree(track, "dueCite", "deadline", clause, due));
            }
            for (Act act : track.filed()) {
                TaskRule task = act.task();
                if (task != null && task.what().equals("reply") && task.due() != null) {
                    task.cite().forEach(clause -> agree(task, "deadline", clause, task.due()));
                }
            }
            track.windows().values().forEach(window -> {
                Span time = window.due();
                Span within = window.within();
                if (time != null) {
                    window.dueCite().forEach(clause -> agree(window, "dueCite", "deadline", clause, time));
                }
                if (within != null) {
                    window.cite().forEach(clause -> agree(window, "unregistered", clause, within));
                }
            });
        });
    }

    private void measure(Object owner, String clause, String kind, String reads, String what) {
        String before = measures.putIfAbsent(clause + " " + kind, reads);
        if (before != null && !before.equals(reads)) {
            marks.fault(
                    owner,
                    "",
                    "条款“" + clause + "”在这里作" + reads + "，在前面作" + before + "：同一条款" + what + "；条款确有分别规定的，请把编号写到款、项");
        }
    }

    /** Equal shares read the same, however they are written: 4/6 is 2/3. */
    private static String reads(Rulebook.Share share) {
        int common = BigInteger.valueOf(share.numerator())
                .gcd(BigInteger.valueOf(share.denominator()))
                .intValue();
        int by = Math.max(1, common);
        return (share.inclusive() ? "不少于" : "超过") + share.numerator() / by + "/" + share.denominator() / by;
    }
}
