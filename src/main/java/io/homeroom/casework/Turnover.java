package io.homeroom.casework;

import io.homeroom.governance.BallotBox;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What an amended rulebook does to cases that are under way: each goes on by the new steps from where it stands, and one
 * of a kind that the new rulebook does not know ends, said to all whom it concerns. Done twice, it changes nothing.
 */
@Component
class Turnover {

    private static final String GONE = "现在施行的规则书里没有这类事项了";

    private final CaseBook book;
    private final Tracks tracks;
    private final Progress progress;
    private final Endings endings;
    private final BallotBox ballots;
    private final Roster roster;

    Turnover(CaseBook book, Tracks tracks, Progress progress, Endings endings, BallotBox ballots, Roster roster) {
        this.book = book;
        this.tracks = tracks;
        this.progress = progress;
        this.endings = endings;
        this.ballots = ballots;
        this.roster = roster;
    }

    /** What this rulebook would do to the cases that are under way and to those who hold what it no longer has. */
    List<String> notes(Rulebook before, Rulebook then) {
        Map<String, Long> ending = new LinkedHashMap<>();
        Map<String, Long> moving = new LinkedHashMap<>();
        for (CaseRow file : book.unfinished()) {
            if (Tracks.isGone(then, file)) {
                ending.merge(CaseWords.type(file.type()), 1L, Long::sum);
            } else if (file.awaiting().isEmpty() && tracks.isUnsettled(then, file)) {
                moving.merge(CaseWords.type(file.type()), 1L, Long::sum);
            }
        }
        List<String> notes = new ArrayList<>();
        if (!ending.isEmpty()) {
            notes.add("在办的" + counted(ending) + "，这一版里没有这类事项：施行之日即终止，会员会得到通知");
        }
        if (!moving.isEmpty()) {
            notes.add("在办的" + counted(moving) + "，步骤有变：办完的不重来，施行之日起从现在这一步照新的步骤往下走");
        }
        before.grades().stream()
                .map(Rulebook.Grade::name)
                .filter(grade -> then.grade(grade).isEmpty() && roster.count(grade) > 0)
                .forEach(grade -> notes.add(
                        "名册里有" + roster.count(grade) + "家“" + grade + "”，这一版没有这个等级：施行之后请随即给它们换等级，换好以前没有会费，也没有按等级给的权利"));
        before.posts().stream()
                .map(Rulebook.Post::name)
                .filter(post -> then.post(post).isEmpty() && roster.countPost(post) > 0)
                .forEach(post ->
                        notes.add("名册里有" + roster.countPost(post) + "家任“" + post + "”，这一版没有这个职务：施行之后请随即登记它们离任"));
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
    }

    /** Ends a case of a kind that the rulebook does not know; answers whether it did. */
    boolean ended(Rulebook rules, CaseRow file) {
        if (file.isOver() || !Tracks.isGone(rules, file)) {
            return false;
        }
        endings.lapse(file, GONE);
        endings.announce(file, "已终止：" + GONE + "，如有疑问请联系秘书处", rules.edition().cite());
        return true;
    }
}
