package io.homeroom.rulebook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with the acts that rules ask for, and knows which rules make which task. */
final class Acts {

    private final Rulebook book;
    private final Marks marks;
    private final Names names;

    Acts(Rulebook book, Marks marks, Names names) {
        this.book = book;
        this.marks = marks;
        this.names = names;
    }

    void check(List<Act> acts) {
        for (Act act : acts) {
            int set = (act.tell().isEmpty() ? 0 : 1)
                    + (act.task() == null ? 0 : 1)
                    + (act.open() == null ? 0 : 1)
                    + (act.effect() == null ? 0 : 1);
            if (set != 1) {
                marks.fault(act, "", "每条须在 tell、task、open、effect 中恰好写一个");
            }
            names.recipients(act, "tell", act.tell());
            if (!act.tell().isEmpty() && act.says() == null) {
                marks.fault(act, "tell", "通知没有写内容（says）");
            }
            task(act.task());
            String open = act.open();
            if (open != null && names.caseType(act, "open", open)) {
                Track track = book.cases().get(open);
                if (track != null) {
                    List<String> steps = new ArrayList<>();
                    track.stages().forEach(s -> {
                        steps.add(s.at());
                        if (s.recess() != null) {
                            steps.add(s.recess());
                        }
                    });
                    names.known(act, "at", act.at(), steps, "步骤");
                }
            } else if (open == null && act.at() != null) {
                marks.fault(act, "at", "只有 open 才有 at");
            }
        }
    }

    void task(@Nullable TaskRule task) {
        if (task == null) {
            return;
        }
        names.doer(task, "to", task.to());
        names.known(task, "where", task.where(), List.of("网站", "内部"), "公告位置");
    }

    /** Codes of tasks that rules of this case, or any rule that opens it, make. */
    Set<String> tasksOf(String type, Track track) {
        Set<String> found = new HashSet<>();
        List<List<Act>> sources = new ArrayList<>(List.of(track.filed(), track.approved(), track.done()));
        track.stages().forEach(s -> sources.add(s.then()));
        book.watch().forEach(w -> sources.add(w.then()));
        sources.addAll(book.reports().values());
        sources.addAll(book.on().values());
        for (List<Act> acts : sources) {
            for (Act act : acts) {
                if (act.task() != null) {
                    found.add(act.task().what());
                }
            }
        }
        if (type.equals("change")) {
            book.changes().values().forEach(c -> {
                if (c.task() != null) {
                    found.add(c.task().what());
                }
            });
        }
        return found;
    }
}
