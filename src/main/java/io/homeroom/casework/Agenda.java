package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.governance.Sitting;
import io.homeroom.governance.Sittings;
import io.homeroom.ground.Days;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a body has before it: the agenda of a meeting fills itself with the cases that wait for it. */
@Service
@Transactional
public class Agenda {

    private final CaseBook book;
    private final Tracks tracks;
    private final UpgradeDays days;
    private final Verdicts verdicts;
    private final Cases cases;
    private final Sittings sittings;
    private final Lawbook law;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    Agenda(
            CaseBook book,
            Tracks tracks,
            UpgradeDays days,
            Verdicts verdicts,
            Cases cases,
            Sittings sittings,
            Lawbook law,
            BusinessClock clock,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.days = days;
        this.verdicts = verdicts;
        this.cases = cases;
        this.sittings = sittings;
        this.law = law;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A point of the agenda.
     *
     * @param title in one line
     * @param waits whether it still waits for this body
     * @param counted whether its votes are counted by a share that the bylaws write
     * @param against what stands against deciding it now; null for nothing
     */
    public record Point(
            CaseView matter,
            String title,
            boolean waits,
            boolean counted,
            @Nullable Refusal against) {}

    /** Cases that wait for a body now, the oldest first. */
    @Transactional(readOnly = true)
    public List<CaseView> waiting(String body) {
        return book.views(rows(body));
    }

    private List<CaseRow> rows(String body) {
        Rulebook rules = law.of(clock.today());
        Set<String> where = new LinkedHashSet<>(Set.of(body));
        for (Track track : rules.cases().values()) {
            List<Track.Stage> stages = new ArrayList<>(track.stages());
            track.matters().values().forEach(stages::addAll);
            for (Track.Stage stage : stages) {
                if (body.equals(stage.alsoInRecess()) || body.equals(stage.recess())) {
                    where.add(stage.at());
                }
            }
        }
        return book.waitingAt(where).stream()
                .filter(file -> tracks.current(rules, file)
                        .filter(stage -> stage.await() == null)
                        .map(stage -> tracks.deciders(file, stage).contains(body))
                        .orElse(false))
                .toList();
    }

    /**
     * Of these, what a meeting may decide: what reached the body early enough before it, read so some days ahead
     * (IGRS-18-d), and upgrades in the round of the year (IGRS-15-a).
     */
    private List<CaseRow> rows(Sitting sitting) {
        Rulebook rules = law.of(clock.today());
        int lead = rules.setting("agenda-lead").map(Integer::parseInt).orElse(0);
        List<CaseRow> waiting = rows(sitting.body()).stream()
                .filter(file -> tracks.current(rules, file)
                        .map(stage -> days.against(rules, file, stage, sitting.day()) == null)
                        .orElse(false))
                .toList();
        if (lead == 0) {
            return waiting;
        }
        Map<Long, LocalDate> reached = book.lastMoved(waiting);
        LocalDate latest = sitting.day().minusDays(lead);
        return waiting.stream()
                .filter(file ->
                        !reached.getOrDefault(file.id(), file.openedOn()).isAfter(latest))
                .toList();
    }

    /**
     * Puts the cases that wait for the body on the agenda of a planned meeting, where it is the body's next, and tells the
     * members concerned.
     */
    public void fill(long sitting) {
        sittings.find(sitting)
                .filter(Sitting::isPlanned)
                .filter(one -> !isPast(one) && isNext(one))
                .ifPresent(this::fill);
    }

    private boolean isNext(Sitting sitting) {
        return sittings.planned().stream()
                .filter(other -> other.body().equals(sitting.body()))
                .filter(other -> other.id() == sitting.id() || !isPast(other)) // one may wait for its minutes
                .findFirst()
                .map(first -> first.id() == sitting.id())
                .orElse(false);
    }

    private boolean isPast(Sitting sitting) {
        return sitting.day().isBefore(clock.today());
    }

    private void fill(Sitting sitting) {
        Rulebook rules = law.of(clock.today());
        rows(sitting.body())
                .forEach(file -> tracks.current(rules, file).ifPresent(stage -> days.settle(rules, file, stage)));
        for (CaseRow file : rows(sitting)) {
            if (sittings.put(sitting.id(), file.id()) && file.memberId() != null) {
                events.publishEvent(Tell.of(
                                "member",
                                file.memberId(),
                                "agenda",
                                "你单位的" + CaseWords.type(file.type()) + "事项列入" + Days.said(sitting.day(), clock.today())
                                        + sitting.body() + "的议程")
                        .cites(verdicts.clauses(rules, file))
                        .with(file.about())
                        .once("agenda:" + sitting.id() + ":" + file.id()));
            }
        }
    }

    /** The agenda of a meeting as it stands. */
    @Transactional(readOnly = true)
    public List<Point> of(Sitting sitting) {
        Rulebook rules = law.of(clock.today());
        Map<Long, CaseRow> files = new LinkedHashMap<>();
        book.findAll(sittings.agenda(sitting.id())).forEach(file -> files.put(file.id(), file));
        if (sitting.isPlanned() && isNext(sitting)) {
            rows(sitting).forEach(file -> files.put(file.id(), file));
        }
        Map<Long, CaseView> views = new LinkedHashMap<>();
        book.views(files.values()).forEach(view -> views.put(view.id(), view));
        return files.values().stream()
                .sorted(Comparator.comparing(CaseRow::id))
                .map(file -> {
                    Refusal against = verdicts.against(rules, file, sitting.body(), sitting.day());
                    boolean waits = file.isOpen()
                            && tracks.current(rules, file)
                                    .map(stage -> tracks.deciders(file, stage).contains(sitting.body()))
                                    .orElse(false);
                    return new Point(
                            java.util.Objects.requireNonNull(views.get(file.id())),
                            Ballots.title(file),
                            waits,
                            verdicts.rule(rules, file, sitting.body()) != null,
                            waits ? against : null);
                })
                .toList();
    }

    /**
     * Records what a meeting decided on a point: votes counted in the room, those present taken from the attendance, or the
     * result where the bylaws write no share.
     *
     * @param inFavour votes for; null where a result is entered
     * @param result {@code approve reject refer}; null where votes were counted
     */
    public Outcome<CaseView> decide(
            long sitting,
            long matter,
            @Nullable Integer inFavour,
            @Nullable Integer against,
            @Nullable String result,
            @Nullable String reason,
            String by) {
        Sitting meeting = sittings.find(sitting).orElseThrow(() -> new IllegalArgumentException("No meeting"));
        if (!meeting.isPlanned()) {
            return Outcome.refused("这次会议" + meeting.state().word() + "，不能再记决定");
        }
        if (meeting.day().isAfter(clock.today())) {
            return Outcome.refused("会议在" + meeting.day() + "，到当天才能记决定");
        }
        Sittings.Quorum quorum = sittings.quorum(meeting);
        if (!quorum.reached()) {
            return Outcome.refused(new Refusal(
                    quorum.cite(),
                    "未达到法定人数：应到" + quorum.seats() + "，实到" + quorum.present() + "，至少须" + quorum.needed(),
                    null));
        }
        int present = quorum.present() - apart(sitting, matter);
        Outcome<CaseView> decided = cases.decide(
                matter,
                new Decision(
                        meeting.body(),
                        meeting.remote(),
                        reason,
                        inFavour == null ? result : null,
                        inFavour == null ? null : present,
                        inFavour,
                        inFavour == null ? null : against,
                        quorum.seats(),
                        meeting.day(),
                        false,
                        by));
        if (decided.isDone()) {
            sittings.put(sitting, matter);
        }
        return decided;
    }

    /** How many of those who are there have no vote on this point. */
    private int apart(long sitting, long matter) {
        Set<Long> there = sittings.takingPart(sitting);
        return (int) book.find(matter)
                .map(file -> Involved.in(law.of(clock.today()), file).stream()
                        .filter(there::contains)
                        .count())
                .orElse(0L)
                .longValue();
    }
}
