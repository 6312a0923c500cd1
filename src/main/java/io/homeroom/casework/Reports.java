package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.governance.PostLost;
import io.homeroom.governance.Seats;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.EndedAs;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Act;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Facts that somebody reports about a member: bankruptcy, merger, split, lists, permits, resignation. */
@Service
@Transactional
public class Reports {

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Seats seats;
    private final Consequences consequences;
    private final Cases cases;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Reports(
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Seats seats,
            Consequences consequences,
            Cases cases,
            Audit audit,
            ApplicationEventPublisher events) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.seats = seats;
        this.consequences = consequences;
        this.cases = cases;
        this.audit = audit;
        this.events = events;
    }

    /**
     * Takes an event that needs nothing but its day: {@code nature-changed bankrupt dissolved deregistered penalty
     * permit-expired permit-withdrawn dishonest-debtor representative-unfit delisted}.
     *
     * @param day on which it happened; null for today
     * @param serious for a permit: withdrawn for a serious violation
     */
    public Outcome<Member> report(long id, String event, @Nullable LocalDate day, boolean serious, String by) {
        Member member = roster.get(id);
        LocalDate on = day == null ? clock.today() : day;
        audit.note(by, "report-" + event, id, member.name() + "：" + event + " " + on);
        if (event.equals("delisted")) {
            roster.record(id, Entry.of(EntryKind.DELISTED, on, "", by));
            return Outcome.done(roster.get(id));
        }
        if (event.equals("penalty")) {
            cases.punished(member, on);
        }
        boolean counts = !event.equals("permit-withdrawn") || serious;
        List<Act> acts = law.of(clock.today()).reports().getOrDefault(event, List.of());
        if (acts.isEmpty() || !counts) {
            secretariat(member, "report", member.name() + "：" + event + "（" + on + "），制度没有规定后果，请酌处");
        } else {
            consequences.carryOut(pending(member, acts) ? told(acts) : acts, context(member, event, on, by));
        }
        return Outcome.done(roster.get(id));
    }

    /** Whether what the report would open is under way already, under the same clause. */
    private boolean pending(Member member, List<Act> acts) {
        return acts.stream()
                .filter(act -> act.open() != null)
                .anyMatch(act -> cases.underWay(member.id(), String.valueOf(act.open()), act.cite()));
    }

    private static List<Act> told(List<Act> acts) {
        return acts.stream().filter(act -> !act.tell().isEmpty()).toList();
    }

    /** Two members become one: the absorbed one ends, double posts go to whoever settles them (DSIA-12-1). */
    public Outcome<Member> merged(long id, long absorbed, String by) {
        Member stays = roster.get(id);
        Member goes = roster.get(absorbed);
        List<Act> acts = law.of(clock.today()).reports().getOrDefault("merged", List.of());
        if (acts.isEmpty()) {
            return silent(stays, "合并");
        }
        if (id == absorbed || !stays.belongs() || !goes.belongs()) {
            return Outcome.refused(new Refusal(acts.get(0).cite(), "合并的应是两家在籍会员，请核对", null));
        }
        LocalDate today = clock.today();
        String clause = last(acts.get(0).cite());
        roster.record(id, Entry.of(EntryKind.MERGED, today, clause, by).with("with", String.valueOf(absorbed)));
        List<Entry> end = new ArrayList<>();
        if (goes.teacherId() != null) {
            end.add(Entry.of(EntryKind.TEACHER, today, clause, by).with("teacher", ""));
        }
        end.add(Entry.of(EntryKind.ENDED, today, clause, by).with("as", EndedAs.MERGED.code()));
        roster.record(absorbed, end.toArray(Entry[]::new));
        cases.lapseOthers(absorbed, null);
        audit.note(by, "merged", id, stays.name() + "合并" + goes.name(), clause);
        boolean doubled = !stays.posts().isEmpty() && !goes.posts().isEmpty();
        List<Act> follow = new ArrayList<>(acts);
        law.of(today).on().getOrDefault("merged", List.of()).stream()
                .filter(act -> act.task() == null || doubled)
                .forEach(follow::add);
        consequences.carryOut(follow, context(stays, "merged", today, by));
        goes.posts().forEach(post -> events.publishEvent(new PostLost(absorbed, post)));
        return Outcome.done(roster.get(id));
    }

    /**
     * A member splits: whoever holds the old seal goes on as this member, the others apply anew (DSIA-12-2).
     *
     * @param sealHolder name under which it goes on; null if unchanged
     */
    public Outcome<Member> split(long id, @Nullable String sealHolder, List<String> into, String by) {
        Member member = roster.get(id);
        List<Act> acts = law.of(clock.today()).reports().getOrDefault("split", List.of());
        if (acts.isEmpty()) {
            return silent(member, "分立");
        }
        if (!member.belongs()) {
            return Outcome.refused(new Refusal(acts.get(0).cite(), "只有在籍会员分立才涉及会籍", null));
        }
        LocalDate today = clock.today();
        String clause = last(acts.get(0).cite());
        roster.record(id, Entry.of(EntryKind.SPLIT, today, clause, by).with("into", String.join(" ", into)));
        if (sealHolder != null) {
            roster.record(id, Entry.of(EntryKind.DATA, today, clause, by).with("name", sealHolder));
        }
        audit.note(by, "split", id, member.name() + "分立为" + String.join("、", into));
        consequences.carryOut(acts, context(member, "split", today, by));
        return Outcome.done(roster.get(id));
    }

    /** A post, or a grade that is an office, is given up. */
    public Outcome<Member> resigned(long id, String post, String by) {
        Member member = roster.get(id);
        Rulebook book = law.of(clock.today());
        LocalDate today = clock.today();
        List<String> held =
                member.posts().stream().filter(one -> book.includes(one, post)).toList();
        if (!held.isEmpty()) {
            String clause = book.post(post)
                    .map(p -> p.cite().isEmpty() ? "" : p.cite().get(0))
                    .orElse("");
            List<Entry> entries = new ArrayList<>();
            for (String one : held) {
                entries.add(Entry.of(EntryKind.POST_LOST, today, clause, by).with("post", one));
            }
            book.post(post)
                    .map(Rulebook.Post::from)
                    .ifPresent(from -> entries.add(
                            Entry.of(EntryKind.POST_GAINED, today, clause, by).with("post", from)));
            roster.record(id, entries.toArray(Entry[]::new));
            audit.note(by, "resigned", id, member.name() + "辞去" + post);
            return Outcome.done(roster.get(id));
        }
        if (member.grade().equals(post)) {
            Optional<Rulebook.Grade> entry = book.grades().stream()
                    .filter(grade -> grade.entry() && !"individual".equals(grade.kind()))
                    .findFirst();
            if (entry.isPresent() && !entry.get().name().equals(post)) {
                roster.record(
                        id,
                        Entry.of(EntryKind.GRADE, today, "", by)
                                .with("grade", entry.get().name()));
                audit.note(by, "resigned", id, member.name() + "辞去" + post);
                return Outcome.done(roster.get(id));
            }
        }
        return Outcome.refused(
                new Refusal(book.post(post).map(Rulebook.Post::cite).orElse(List.of()), "该会员没有担任" + post, null));
    }

    /**
     * Fewer holders than the bylaws want: told, never acted upon (DSIA-4-2b, 4-4a, 4-6a). Who leaves a high post may leave
     * the lower ones of its line as well.
     */
    @EventListener
    void postLost(PostLost event) {
        Rulebook book = law.of(clock.today());
        for (Rulebook.Post post : book.posts()) {
            Integer least = post.min();
            if (least == null || !book.includes(event.post(), post.name())) {
                continue;
            }
            int held = seats.held(post.name());
            boolean stillHeld =
                    roster.get(event.member()).posts().stream().anyMatch(h -> book.includes(h, post.name()));
            if (held < least && (!stillHeld || post.name().equals(event.post()))) {
                events.publishEvent(Tell.of(
                                book.offices().get(0),
                                event.member(),
                                "seats-short",
                                post.name() + "现有" + held + "名，少于规定的" + least + "名")
                        .cites(post.cite()));
            }
        }
    }

    private static String last(List<String> cite) {
        return cite.isEmpty() ? "" : cite.get(cite.size() - 1);
    }

    private Outcome<Member> silent(Member member, String what) {
        secretariat(member, "report", member.name() + "发生" + what + "，制度没有规定，请酌处");
        return Outcome.done(member);
    }

    private void secretariat(Member member, String about, String text) {
        events.publishEvent(Tell.of("秘书处", member.id(), about, text));
    }

    private Context context(Member member, String event, LocalDate on, String by) {
        return new Context(
                member.id(),
                null,
                null,
                "report:" + event + ":" + member.id() + ":" + on,
                List.of(),
                Map.of("day", on.toString()),
                by);
    }
}
