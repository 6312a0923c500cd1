package io.homeroom.casework;

import io.homeroom.governance.BallotBox;
import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What an amended rulebook does to cases that are under way: each goes on by the new steps from where it stands, and one
 * of a kind that the new rulebook does not know, or that is to bring what it does not, ends, said to all whom it concerns.
 * The office hears of members that hold what it does not have. Done twice, it changes nothing.
 */
@Component
class Turnover {

    private final CaseBook book;
    private final Tracks tracks;
    private final Progress progress;
    private final Endings endings;
    private final BallotBox ballots;
    private final Losses losses;

    Turnover(CaseBook book, Tracks tracks, Progress progress, Endings endings, BallotBox ballots, Losses losses) {
        this.book = book;
        this.tracks = tracks;
        this.progress = progress;
        this.endings = endings;
        this.ballots = ballots;
        this.losses = losses;
    }

    /** What this rulebook would do to the cases that are under way. */
    List<String> notes(Rulebook then) {
        Map<String, Long> moving = new LinkedHashMap<>();
        for (CaseRow file : book.unfinished()) {
            if (file.awaiting().isEmpty() && tracks.isUnsettled(then, file)) {
                moving.merge(CaseWords.type(file.type()), 1L, Long::sum);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!moving.isEmpty()) {
            notes.add("在办的" + counted(moving) + "，步骤有变：办完的不重来，施行之日起从现在这一步照新的步骤往下走");
        }
        return notes;
    }

    private static String counted(Map<String, Long> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> kind.getKey() + kind.getValue() + "件")
                .collect(Collectors.joining("、"));
    }

    /** The day has come: every case that is under way goes on by this rulebook. */
    void turn(Rulebook rules) {
        List<CaseRow> going = new ArrayList<>();
        for (CaseRow file : book.unfinished()) {
            if (!ended(rules, file) && tracks.isUnsettled(rules, file)) {
                going.add(file);
            }
        }
        Map<Long, Integer> before = going.stream().collect(Collectors.toMap(CaseRow::id, CaseRow::stage));
        progress.arrive(rules, going);
        for (CaseRow file : going) {
            int was = before.getOrDefault(file.id(), file.stage());
            if (was != file.stage()) {
                ballots.renumber(file.id(), was, file.stage());
            }
        }
        losses.alert(rules);
        losses.alertApart(rules);
    }

    /** Ends a case of a kind that the rulebook does not know, or to bring what it does not; answers whether it did. */
    boolean ended(Rulebook rules, CaseRow file) {
        if (file.isOver()) {
            return false;
        }
        String gone = Tracks.isGone(rules, file) ? "这类事项" : losses.aim(rules, file);
        if (gone.isEmpty()) {
            return false;
        }
        String why = "现在施行的规则书里没有" + gone + "了";
        endings.lapse(file, why);
        endings.announce(file, "已终止：" + why + "，如有疑问请联系秘书处", rules.edition().cite());
        return true;
    }
}
