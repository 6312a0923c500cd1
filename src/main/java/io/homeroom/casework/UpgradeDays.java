package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * On which days an upgrade is decided: read so, in one round of votes a year (IGRS-15-a), and not before the time in
 * the grade is full, where that is asked for at the decision and not at the filing (IGRS-20-A2, B2).
 */
@Component
class UpgradeDays {

    private static final String ROUNDS = "upgrade-rounds";
    private static final String TENURE = "tenure-at";

    private final CaseBook book;
    private final Tracks tracks;
    private final Ladder ladder;
    private final Roster roster;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    UpgradeDays(
            CaseBook book,
            Tracks tracks,
            Ladder ladder,
            Roster roster,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.ladder = ladder;
        this.roster = roster;
        this.clock = clock;
        this.events = events;
    }

    /** Whether the time in the grade is asked for at the decision. */
    static boolean tenureAtDecision(Rulebook rules) {
        return rules.setting(TENURE).filter("decision"::equals).isPresent();
    }

    /** Why a step of a case does not decide it on a day, with the first day on which it may; null if it may. */
    @Nullable
    Refusal against(Rulebook rules, CaseRow file, Stage stage, LocalDate day) {
        if (!file.type().equals("upgrade")) {
            return null;
        }
        List<String> clauses = new ArrayList<>();
        List<String> why = new ArrayList<>();
        LocalDate from = day;
        LocalDate held = roundOver(rules, stage, day).orElse(null);
        if (held != null) {
            clauses.addAll(rules.grounds(ROUNDS));
            why.add("今年的升级已在" + Days.dated(held) + "表决过一轮，一年只办一轮");
            from = LocalDate.of(day.getYear() + 1, 1, 1);
        }
        for (Eligibility.Line line : unripe(rules, file, stage)) {
            LocalDate ripe = line.from();
            if (ripe != null && day.isBefore(ripe)) {
                clauses.addAll(line.cite());
                why.add("作出决定之日须" + line.says() + "，" + Days.dated(ripe) + "起满足");
                from = ripe.isAfter(from) ? ripe : from;
            }
        }
        return why.isEmpty()
                ? null
                : new Refusal(clauses, String.join("；", why) + "。最早" + Days.dated(from) + "可以决定", from);
    }

    /** A case waits for a step: says from when that may decide it, and tells once a year that the round is over. */
    void settle(Rulebook rules, CaseRow file, Stage stage) {
        if (!file.type().equals("upgrade")) {
            return;
        }
        LocalDate today = clock.today();
        Refusal wait = against(rules, file, stage, today);
        file.from(wait == null ? null : wait.from());
        roundOver(rules, stage, today)
                .ifPresent(held -> events.publishEvent(Tell.of(
                                "member",
                                file.memberId(),
                                "agenda",
                                "今年的升级已在" + Days.dated(held) + "表决过一轮，一年只办一轮；你单位的申请照收，等明年的第一次" + stage.at() + "表决")
                        .cites(rules.grounds(ROUNDS))
                        .once("round-over:" + file.id() + ":" + today.getYear())
                        .with(file.about())));
    }

    /** The first day before this one, in its year, on which upgrades were voted on. */
    Optional<LocalDate> votedBefore(LocalDate day) {
        return book.voteDays("upgrade", day.getYear()).stream()
                .filter(voted -> voted.isBefore(day))
                .min(LocalDate::compareTo);
    }

    private Optional<LocalDate> roundOver(Rulebook rules, Stage stage, LocalDate day) {
        boolean one = rules.setting(ROUNDS).filter("one"::equals).isPresent();
        return one && stage.counted() != null ? votedBefore(day) : Optional.empty();
    }

    /** The conditions that will be met in time by themselves, where this step asks for them. */
    private List<Eligibility.Line> unripe(Rulebook rules, CaseRow file, Stage stage) {
        boolean asked =
                tenureAtDecision(rules) && !Boolean.parseBoolean(file.data().get("exceptional"));
        return asked && decides(rules, file, stage)
                ? ladder.check(roster.get(file.member()), file.data().getOrDefault("to", ""))
                        .lines()
                : List.of();
    }

    /** Whether the step is the decision itself: after it comes nobody but whom a failed vote goes to. */
    private boolean decides(Rulebook rules, CaseRow file, Stage stage) {
        List<Stage> stages = tracks.stages(rules, file);
        return stages.subList(stages.indexOf(stage) + 1, stages.size()).stream().allMatch(Stage::onlyIfFailed);
    }
}
