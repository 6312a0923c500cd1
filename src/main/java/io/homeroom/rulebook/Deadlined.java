package io.homeroom.rulebook;

import java.util.List;
import java.util.Set;

/** Finds deadlines without an owner: a last day that nobody in the association keeps or hears of. */
final class Deadlined {

    /** Those on the member's side: they may be told, but no task of the association is theirs. */
    private static final Set<String> MEMBERS = Set.of("member", "liaison", "representative", "former-teacher");

    private final Rulebook book;
    private final Marks marks;

    Deadlined(Rulebook book, Marks marks) {
        this.book = book;
        this.marks = marks;
    }

    void check() {
        book.watch().forEach(watch -> acts(watch.then()));
        book.on().values().forEach(this::acts);
        book.reports().values().forEach(this::acts);
        book.cases().values().forEach(this::track);
        silence();
        Fees fees = book.fees();
        boolean noticed = fees == null
                || book.watch().stream().anyMatch(watch -> watch.when().unpaid() != null);
        if (fees != null && fees.due() != null && !noticed && fees.reminders().isEmpty()) {
            marks.fault(fees, "due", "有最后交费日，却没有提醒（reminders），也没有逾期的规则（watch）：到期没有人知道");
        }
    }

    private void track(Track track) {
        List.of(track.filed(), track.approved(), track.done(), track.rejected()).forEach(this::acts);
        track.stages().forEach(stage -> acts(stage.then()));
        if (track.due() != null && track.stages().isEmpty() && track.matters().isEmpty()) {
            marks.fault(track, "due", "有期限而没有人办理");
        }
        track.windows().forEach((kind, window) -> {
            if (window.due() != null && track.stages().isEmpty()) {
                marks.fault(window, "due", "有期限而没有人办理");
            }
        });
        for (Track.Stage stage : track.stages()) {
            if (stage.answerDays() != null && !"answer".equals(stage.await())) {
                marks.fault(stage, "answerDays", "有答复期限，却没有等待答复（await: answer）：期限没有主人");
            }
        }
    }

    /** Silence to the end of a time can mean something only where there is such a time. */
    private void silence() {
        Rulebook.Reading reading = book.readings().get("silence-approves");
        String whose = reading == null || reading.value() == null ? "none" : reading.value();
        for (String type : List.of("admission", "withdrawal")) {
            Track track = book.cases().get(type);
            if (reading != null
                    && (whose.equals("both") || whose.equals(type))
                    && (track == null || track.due() == null)) {
                marks.fault(reading, "value", "cases/" + type + " 没有办理期限（due），期满没有答复无从谈起");
            }
        }
    }

    private void acts(List<Act> acts) {
        for (Act act : acts) {
            TaskRule task = act.task();
            if (task != null
                    && task.alert() != null
                    && (task.due() != null || task.alertCite().isEmpty())) {
                marks.fault(task, "alert", "拖延提醒（alert）用于没有期限的待办，并要写明依据（alert-cite）");
            }
            if (task != null && MEMBERS.contains(task.to())) {
                marks.fault(task, "to", "待办要交给部门、机构或班主任，不能交给“" + task.to() + "”：期限没有主人");
            }
        }
    }
}
