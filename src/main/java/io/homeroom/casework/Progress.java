package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Span;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Moves a case along its track: what follows a filing, a decision, an answer, and what it waits for next. */
@Component
class Progress {

    private final CaseBook book;
    private final Tracks tracks;
    private final Openings openings;
    private final CaseDeadlines deadlines;
    private final UpgradeDays upgradeDays;
    private final Awaited awaited;
    private final Outcomes outcomes;
    private final Endings endings;
    private final Pronouncement pronouncement;
    private final Consequences consequences;
    private final BusinessClock clock;
    private final Roster roster;
    private final Handovers handovers;
    private final Assists assists;
    private final ApplicationEventPublisher events;

    Progress(
            CaseBook book,
            Tracks tracks,
            Openings openings,
            CaseDeadlines deadlines,
            UpgradeDays upgradeDays,
            Awaited awaited,
            Outcomes outcomes,
            Endings endings,
            Pronouncement pronouncement,
            Consequences consequences,
            BusinessClock clock,
            Roster roster,
            Handovers handovers,
            Assists assists,
            ApplicationEventPublisher events) {
        this.book = book;
        this.tracks = tracks;
        this.openings = openings;
        this.deadlines = deadlines;
        this.upgradeDays = upgradeDays;
        this.awaited = awaited;
        this.outcomes = outcomes;
        this.endings = endings;
        this.pronouncement = pronouncement;
        this.consequences = consequences;
        this.clock = clock;
        this.roster = roster;
        this.handovers = handovers;
        this.assists = assists;
        this.events = events;
    }

    /** A case was opened: what comes with it, and then its filing. */
    void opened(Rulebook rules, Track track, CaseRow file, @Nullable Member member, boolean now) {
        openings.opened(rules, track, file, member);
        if (now) {
            file.complete(clock.today());
            List<String> cite = file.type().equals("change")
                    ? Tracks.change(rules, file.data().getOrDefault("field", ""))
                            .cite()
                    : track.cite();
            outcomes.finish(rules, file, cite, file.openedBy());
            return;
        }
        filed(rules, file);
    }

    /** Documents came in: with the last of them the filing is complete, and what hangs on that begins. */
    void filed(Rulebook rules, CaseRow file) {
        Long id = file.memberId();
        Member member = id == null ? null : roster.get(id);
        Track track = Tracks.track(rules, file.type());
        if (file.completeOn() == null && tracks.missing(rules, file, member).isEmpty()) {
            file.complete(clock.today());
            deadlines.give(rules, file, track.due());
            consequences.carryOut(track.filed(), Context.of(file, "filed", track.cite()));
            if (tracks.stages(rules, file).isEmpty()) {
                approve(rules, file, track.cite(), file.openedBy());
                return;
            }
        } else if (file.completeOn() == null && tracks.stages(rules, file).isEmpty()) {
            file.at("member"); // nothing but its own papers is wanting
        }
        arrive(rules, file);
    }

    /** Says whose act the case waits for now, and tells it if it did not before; steps that are fulfilled are passed. */
    void arrive(Rulebook rules, CaseRow file) {
        String before = file.at();
        boolean completed = clock.today().equals(file.completeOn());
        if (place(rules, file) && (completed || !Objects.equals(before, file.at()))) {
            handovers.come(rules, file);
        }
    }

    /** The same for many, of which those that wait for another now are told together. */
    void arrive(Rulebook rules, List<CaseRow> files) {
        List<CaseRow> moved = new ArrayList<>();
        for (CaseRow file : files) {
            String before = file.at();
            if (place(rules, file) && !Objects.equals(before, file.at())) {
                moved.add(file);
            }
        }
        handovers.moved(rules, moved);
    }

    /** Whether the case waits at a step now; not if it is over or has gone on by itself. */
    private boolean place(Rulebook rules, CaseRow file) {
        if (file.isOver() || !file.awaiting().isEmpty()) {
            return false;
        }
        Optional<Stage> due = tracks.current(rules, file);
        if (due.isEmpty()) {
            return false;
        }
        Stage stage = due.get();
        tracks.settle(rules, file);
        String first = file.data().getOrDefault(Awaited.FIRST, "");
        if (!first.isEmpty()) {
            file.at(awaited.addressee(file, first));
        } else if (Awaited.PAYMENT.equals(stage.await())) {
            awaited.claim(rules, file);
            if (file.isOver() || !due.equals(tracks.current(rules, file))) {
                return false; // credit paid it in that moment
            }
            if (awaited.settled(file)) {
                next(rules, file, file.openedBy());
                return false;
            }
            file.at("member");
        } else if (CaseDeadlines.ANSWER.equals(stage.await())) {
            file.at("member");
            String reading = stage.answerDays();
            String days = reading == null ? "none" : rules.reading(reading);
            if (!days.equals("none")) {
                deadlines.give(rules, file, Span.days(Integer.parseInt(days)));
            }
        } else {
            file.at(tracks.deciders(file, stage).get(0));
            upgradeDays.settle(rules, file, stage);
        }
        deadlines.plan(file);
        assists.settle(rules, file);
        return true;
    }

    /** The deadline comes near or has passed: its owner hears of it, and an answer that did not come counts as none. */
    void wake(Rulebook rules, CaseRow file, LocalDate day) {
        Stage stage = tracks.current(rules, file).orElse(null);
        LocalDate due = file.due();
        if (stage != null && due != null && deadlines.unanswered(file, stage, day)) {
            book.step(file, "system", "unanswered", stage.cite(), "期满没有答复");
            file.due(null);
            if (Tracks.track(rules, file.type()).effect() == Act.Effect.CONVERT) {
                unanswered(rules, file, stage, due);
            } else {
                next(rules, file, "system");
            }
            return;
        }
        deadlines.remind(rules, file, stage, day);
    }

    /** What is given up by a word stays without one; read so, silence is that word, if the question arrived (BACCA-9-a). */
    private void unanswered(Rulebook rules, CaseRow file, Stage stage, LocalDate due) {
        if (!CaseDeadlines.silenceGivesUp(rules, stage)) {
            endings.close(file, CaseRow.APPROVED);
        } else if (deadlines.reached(rules, file, due)) {
            outcomes.finish(rules, file, stage.cite(), "system");
        } else {
            file.wake(null);
            events.publishEvent(Tell.of(
                            rules.offices().get(0),
                            file.memberId(),
                            "answer",
                            file.subject() + "没有就" + CaseWords.type(file.type()) + "答复，通知也没有送达，不能视为放弃。请联系本人问清")
                    .cites(stage.cite())
                    .with(file.about()));
        }
    }

    /** The association's time has passed in silence, which is consent: the case is approved, and no reply awaited. */
    void consented(Rulebook rules, CaseRow file, List<String> cite) {
        file.due(null);
        file.wake(null);
        if (file.isOpen()) {
            approve(rules, file, cite, "system", "期限已过没有答复，视为同意");
        }
        happened(rules, file, "reply", "system");
    }

    /** The vote failed and somebody else decides: whoever waits for it hears of that. */
    void pending(CaseRow file, List<String> cite) {
        String at = file.at();
        if (at != null && !file.isOver()) {
            endings.announce(file, "表决未达到通过所需的票数，由" + at + "最终决定，请等候", cite);
        }
    }

    /** The step that was due is done: to the next one, or to the end. */
    void next(Rulebook rules, CaseRow file, String by) {
        Stage done = tracks.current(rules, file).orElse(null);
        if (tracks.advance(rules, file).isPresent()) {
            if (place(rules, file)) {
                handovers.come(rules, file);
            }
            return;
        }
        approve(rules, file, done == null ? List.of() : done.cite(), by);
    }

    /** The last step has approved. */
    void approve(Rulebook rules, CaseRow file, List<String> cite, String by) {
        approve(rules, file, cite, by, "已通过");
    }

    private void approve(Rulebook rules, CaseRow file, List<String> cite, String by, String how) {
        Track track = Tracks.track(rules, file.type());
        if (file.provisional()) {
            outcomes.confirm(file, cite);
            return;
        }
        boolean decided = !tracks.stages(rules, file).isEmpty();
        if (decided) {
            file.decided(CaseRow.APPROVED);
        }
        consequences.carryOut(track.approved(), Context.of(file, "approved", cite));
        List<String> awaiting = awaited.after(track, file);
        if (awaiting.isEmpty()) {
            outcomes.finish(rules, file, cite, by);
            return;
        }
        file.await(awaiting);
        assists.settle(rules, file);
        file.at(awaited.by(file, awaiting));
        if (!awaiting.contains("reply")) {
            file.due(null);
        }
        deadlines.plan(file);
        handovers.come(rules, file);
        if (decided) {
            endings.announce(file, how + (awaiting.contains(Awaited.PAYMENT) ? "，交费后生效" : "，办完手续后生效"), cite);
        }
    }

    /** A bill was paid: whether an admission that waits for it waits no longer. */
    void billPaid(Rulebook rules, CaseRow file) {
        if (file.type().equals("admission")
                && file.awaiting().contains(Awaited.PAYMENT)
                && !awaited.owes(file, file.member())) {
            happened(rules, file, Awaited.PAYMENT, "payment");
        }
    }

    /** Something that was awaited after the approval has happened. */
    void happened(Rulebook rules, CaseRow file, String what, String by) {
        List<String> left = new ArrayList<>(file.awaiting());
        if (!left.remove(what)) {
            return;
        }
        file.await(left);
        if (left.isEmpty()) {
            outcomes.finish(rules, file, Tracks.track(rules, file.type()).cite(), by);
        } else {
            String before = file.at();
            file.at(awaited.by(file, left));
            if (!Objects.equals(before, file.at())) {
                handovers.come(rules, file);
            }
        }
    }

    /** Payment of everything a step waits for. */
    void paid(Rulebook rules, CaseRow file) {
        Stage stage = tracks.current(rules, file).orElse(null);
        if (file.awaiting().isEmpty()
                && stage != null
                && Awaited.PAYMENT.equals(stage.await())
                && awaited.settled(file)) {
            next(rules, file, "payment");
        }
    }

    /** A task of the case was done. */
    void taskDone(Rulebook rules, CaseRow file, String what, String by) {
        book.step(file, by, "task-done", List.of(), what);
        if (file.data().getOrDefault(Awaited.FIRST, "").equals(what)) {
            file.put(Awaited.FIRST, "");
            arrive(rules, file);
            return;
        }
        Stage stage = tracks.current(rules, file).orElse(null);
        if (file.awaiting().isEmpty() && stage != null && what.equals(stage.await())) {
            next(rules, file, by);
            return;
        }
        happened(rules, file, what, by);
    }

    /** The member's answer: it may end the case, send it on, or just stand on record. */
    void answered(Rulebook rules, CaseRow file, String says, String by) {
        Track track = Tracks.track(rules, file.type());
        Stage stage = tracks.current(rules, file).orElse(null);
        boolean asked = stage != null && CaseDeadlines.ANSWER.equals(stage.await());
        // Only where the member is the last to speak does its word decide; before that it goes on to whoever confirms.
        boolean last = asked && file.stage() >= tracks.stages(rules, file).size() - 1;
        Track.Lapse lapse = track.lapses();
        if (says.equals("cured") && lapse != null && lapse.cured()) {
            endings.lapse(file, "情形已消除");
        } else if (asked && (says.equals("refuse") || !last && says.equals("give-up"))) {
            file.due(null);
            next(rules, file, by);
        } else if (stage != null && last && says.equals("give-up")) {
            outcomes.finish(rules, file, stage.cite(), by);
        } else if (last && says.equals("keep")) {
            endings.close(file, CaseRow.APPROVED);
        } else if (stage != null) {
            events.publishEvent(Tell.of(
                            stage.at().equals("member") ? deadlines.owner(rules, file) : stage.at(),
                            file.memberId(),
                            "answer",
                            file.subject() + "就" + CaseWords.type(file.type()) + "答复：" + CaseWords.answer(says))
                    .cites(stage.cite())
                    .with(file.about()));
        }
    }

    /** A step has acted provisionally: the case goes on to whoever confirms or annuls it. */
    void provisionally(Rulebook rules, CaseRow file, Stage stage) {
        endings.announce(file, "已先行处理，待追认" + pronouncement.of(file), stage.provisional());
        if (tracks.advance(rules, file).isPresent()) {
            arrive(rules, file);
        }
    }
}
