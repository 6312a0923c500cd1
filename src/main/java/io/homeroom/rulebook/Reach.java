package io.homeroom.rulebook;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds ways that nobody can enter and steps that nobody can leave, beyond what one way shows by itself. */
final class Reach {

    /** Cases that nobody asks for: they come about by a rule or not at all. */
    private static final Set<String> BY_RULE = Set.of("exit", "suspension", "removal", "choice");

    private final Rulebook book;
    private final Marks marks;

    Reach(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    void check() {
        Set<String> opened = opened();
        book.cases().forEach((type, track) -> {
            if (!opened.contains(type) && BY_RULE.contains(type)) {
                marks.fault(book, "cases{" + type + "}", "没有一条规则会提出“" + type + "”（open: " + type + "），这个案件走不到");
            }
            for (Track.Stage stage : track.stages()) {
                if (stage.onlyByRule() && !opened.contains(type)) {
                    marks.fault(stage, "onlyByRule", "走不到这一步：没有一条规则会提出“" + type + "”");
                }
                if ("payment".equals(stage.await()) && book.fees() == null) {
                    marks.fault(stage, "await", "等待交费，但没有会费：没有人能离开这一步");
                }
                if ("answer".equals(stage.await()) && !stage.at().equals("member")) {
                    marks.fault(stage, "await", "等待会员答复的一步，应写 at: member；现在没有人能离开这一步");
                }
            }
            int payment = track.awaits().indexOf("payment");
            if (payment >= 0 && book.fees() == null) {
                marks.fault(track, "awaits[" + payment + "]", "等待交费，但没有会费：案件无法了结");
            }
        });
    }

    private Set<String> opened() {
        Set<String> opened = new HashSet<>();
        book.watch().forEach(watch -> open(watch.then(), opened));
        book.on().values().forEach(acts -> open(acts, opened));
        book.reports().values().forEach(acts -> open(acts, opened));
        book.cases().values().forEach(track -> {
            List.of(track.filed(), track.approved(), track.done(), track.rejected())
                    .forEach(acts -> open(acts, opened));
            track.stages().forEach(stage -> open(stage.then(), opened));
        });
        return opened;
    }

    private static void open(List<Act> acts, Set<String> opened) {
        for (Act act : acts) {
            if (act.open() != null) {
                opened.add(act.open());
            }
        }
    }
}
