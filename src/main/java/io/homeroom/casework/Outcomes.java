package io.homeroom.casework;

import io.homeroom.desk.Tell;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What the outcome of a case does: its effect on the roster, once, or what is taken back. */
@Component
class Outcomes {

    private final CaseBook book;
    private final Consequences consequences;
    private final Effects effects;
    private final Places places;
    private final Endings endings;
    private final Pronouncement pronouncement;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final ApplicationEventPublisher events;

    Outcomes(
            CaseBook book,
            Consequences consequences,
            Effects effects,
            Places places,
            Endings endings,
            Pronouncement pronouncement,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            ApplicationEventPublisher events) {
        this.book = book;
        this.consequences = consequences;
        this.effects = effects;
        this.places = places;
        this.endings = endings;
        this.pronouncement = pronouncement;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.events = events;
    }

    /** Tells that the grade a member rises to has no seat left; once for each moment of the case. */
    void alertIfFull(CaseRow file, String moment) {
        if (!places.full(file).isEmpty()) {
            consequences.on("cap-full", Context.of(file, "cap-full:" + moment, List.of()));
        }
    }

    /** The effect comes: the roster is changed, once, and the case closed. */
    void finish(Rulebook rules, CaseRow file, List<String> cite, String by) {
        Track track = Tracks.track(rules, file.type());
        if (!places.full(file).isEmpty()) {
            file.decided(CaseRow.APPROVED);
            file.await(List.of(Awaited.SEAT));
            file.at("member");
            alertIfFull(file, "effect");
            return;
        }
        apply(track, file, cite, by);
        endings.close(file, CaseRow.APPROVED);
        endings.announce(file, "已生效" + pronouncement.of(file), cite);
    }

    /** A seat of a grade may have become free: who waits for nothing else takes it, oldest first; payers are told. */
    void seatFree(Rulebook rules, String grade) {
        for (CaseRow file : book.waitingForSeat()) {
            List<String> awaiting = file.awaiting();
            if (!grade.equals(places.of(file))
                    || awaiting.isEmpty()
                    || !places.full(grade).isEmpty()) {
                continue;
            }
            List<String> cite = rules.grade(grade).map(Rulebook.Grade::capCite).orElse(List.of());
            if (awaiting.equals(List.of(Awaited.SEAT))) {
                file.await(List.of());
                finish(rules, file, Tracks.track(rules, file.type()).cite(), "system");
            } else if (file.type().equals("upgrade") && awaiting.contains(Awaited.PAYMENT)) {
                events.publishEvent(Tell.of("member", file.memberId(), "seat-free", grade + "现有空额，补交会费后升级即生效，先到先得")
                        .cites(cite)
                        .with(file.about()));
            }
        }
    }

    /** Applies a case's effect and what follows it. */
    void apply(Track track, CaseRow file, List<String> cite, String by) {
        Act.Effect effect = track.effect();
        Long id = file.memberId();
        if (effect != null && id != null) {
            List<String> grounds = new ArrayList<>(file.grounds());
            grounds.addAll(cite);
            grounds.addAll(track.cite());
            if (effect == Act.Effect.GRADE && !track.awaits().contains(Awaited.PAYMENT)) {
                effects.topUp(roster.get(id), file.data().getOrDefault("to", ""), file.id());
            }
            Map<String, String> data = new HashMap<>(file.data());
            if (!track.asReported()) {
                data.remove("day");
            }
            effects.enact(effect, id, file.id(), data, begin(file), grounds, by);
            if (effect == Act.Effect.GRADE) {
                outgrown(law.of(clock.today()), id, file);
            }
        }
        consequences.carryOut(track.done(), Context.of(file, "done", cite));
    }

    /** A membership that reaches back begins with the complete filing or, read so, with the filing itself (BACCA-24). */
    private @Nullable LocalDate begin(CaseRow file) {
        boolean filed = law.of(clock.today())
                .setting("joined-from")
                .filter("filed"::equals)
                .isPresent();
        return filed ? file.openedOn() : file.completeOn();
    }

    /** Other moves from the former grade have no ground any more once the grade has changed. */
    private void outgrown(Rulebook rules, long member, CaseRow done) {
        Member now = roster.get(member);
        for (CaseRow other : book.openOf(member)) {
            String to = other.data().getOrDefault("to", "");
            boolean gone = other.type().equals("upgrade")
                    ? Ladder.upgrade(rules, now, to) != null
                    : other.type().equals("downgrade") && Ladder.downgrade(rules, now, to) != null;
            if (gone && other.id() != done.id()) {
                endings.lapse(other, "级别已变动");
            }
        }
    }

    /** What was done provisionally stands. */
    void confirm(CaseRow file, List<String> cite) {
        endings.close(file, CaseRow.APPROVED);
        endings.announce(file, "已经追认", cite);
        if (!roster.get(file.member()).belongs()) {
            book.openOf(file.member()).forEach(other -> endings.lapse(other, "会籍已终止"));
        }
    }

    /** The case was rejected; a provisional effect is taken back whole (BACCA-44). */
    void reject(Rulebook rules, CaseRow file, String reason, List<String> cite, String by) {
        Track track = Tracks.track(rules, file.type());
        Long id = file.memberId();
        if (id != null && file.provisional()) {
            annul(file, id, cite);
        } else if (id != null
                && file.type().equals("admission")
                && !roster.get(id).belongs()) {
            roster.record(
                    id,
                    Entry.of(EntryKind.REJECTED, clock.today(), cite.isEmpty() ? "" : cite.get(0), by)
                            .by(file.id()));
        } else if (id != null && file.type().equals("change")) {
            Rulebook.Change rule = Tracks.change(rules, file.data().getOrDefault("field", ""));
            if (Tracks.keepsOffice(rule, file.data())) {
                effects.vacate(roster.get(id), rule, file.id(), by);
            }
        }
        endings.close(file, CaseRow.REJECTED);
        // What would have come after the approval is moot; a reply is owed either way.
        endings.drop(
                file,
                task -> track.awaits().contains(task.what()) && !task.what().equals("reply"));
        consequences.carryOut(
                track.rejected(), Context.of(file, "rejected", cite).word("理由", reason.isEmpty() ? "见书面答复" : reason));
        if (track.rejected().stream().allMatch(act -> act.tell().isEmpty())) {
            endings.announce(file, "未获通过" + (reason.isEmpty() ? "" : "。理由：" + reason), cite);
        }
    }

    private void annul(CaseRow file, long member, List<String> cite) {
        endings.drop(file, task -> true);
        roster.annul(file.id(), clock.today());
        book.following(file.id()).forEach(other -> {
            roster.annul(other.id(), clock.today());
            if (!other.isOver()) {
                endings.lapse(other, "原处理已撤销");
            }
        });
        roster.touch(member);
        consequences.on("annulled", Context.of(file, "annulled", cite));
    }
}
