package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.MemberRows;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.rulebook.Track.Stage;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The front door of applications and cases. Refusals cite their clause and change nothing. */
@Service
@Transactional
public class Cases {

    private static final MemberRows.Columns REQUESTS =
            new MemberRows.Columns("case_file", "case_file_member", List.of(), List.of(), List.of("type"));

    private final CaseBook book;
    private final Tracks tracks;
    private final Progress progress;
    private final Endings endings;
    private final Verdicts verdicts;
    private final Admissions admissions;
    private final Requests requests;
    private final Ladder ladder;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Audit audit;

    Cases(
            CaseBook book,
            Tracks tracks,
            Progress progress,
            Endings endings,
            Verdicts verdicts,
            Admissions admissions,
            Requests requests,
            Ladder ladder,
            Lawbook law,
            BusinessClock clock,
            Roster roster,
            Audit audit) {
        this.book = book;
        this.tracks = tracks;
        this.progress = progress;
        this.endings = endings;
        this.verdicts = verdicts;
        this.admissions = admissions;
        this.requests = requests;
        this.ladder = ladder;
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.audit = audit;
    }
    /** Takes an application for admission, from a newcomer or somebody who comes back. */
    public Outcome<CaseView> apply(Application application) {
        return admissions.apply(application);
    }

    /** A penalty has come to light: read so, the approval of an application under way waits for its time. */
    void punished(Member member, LocalDate on) {
        admissions.punished(member, on);
    }

    /** Opens a case that a member, a mover or an office asks for. */
    public Outcome<CaseView> open(Opening opening) {
        Rulebook rules = law.of(clock.today());
        Long id = opening.member();
        Member member = id == null ? null : roster.get(id);
        Track track = rules.cases().get(opening.type());
        if (track == null) {
            return Outcome.refused("制度没有规定这类办件，请联系秘书处");
        }
        Refusal refusal = requests.against(rules, track, member, opening);
        if (refusal != null) {
            audit.refused(opening.mover(), "case-refused", id, refusal);
            return Outcome.refused(refusal);
        }
        CaseRow file = new CaseRow(
                opening.type(), id, member == null ? opening.subject() : member.name(), clock.today(), opening.mover());
        file.grounds(opening.grounds());
        Map<String, String> data = new LinkedHashMap<>(opening.data());
        if (!opening.nominatedBy().isEmpty()) {
            data.put(
                    "nominated-by",
                    String.join(
                            " ",
                            opening.nominatedBy().stream().map(String::valueOf).toList()));
        }
        if (member != null && opening.type().equals("change")) {
            data.computeIfPresent("field", (key, field) -> rules.changed(field));
            Rulebook.Change rule = Tracks.change(rules, data.getOrDefault("field", ""));
            data.put(
                    "office",
                    String.valueOf(!rules.offices(rule, member.posts()).isEmpty()));
        }
        file.data(data);
        List<String> documents = opening.documents();
        file.file(documents == null ? tracks.askedByName(rules, file, member) : documents);
        boolean now = track.now() && (!opening.type().equals("change") || Tracks.changesNow(rules, data));
        List<Document> missing = tracks.missing(rules, file, member);
        if (now && !missing.isEmpty()) {
            Set<String> clauses = new LinkedHashSet<>();
            missing.forEach(document -> clauses.addAll(document.cite()));
            clauses.addAll(track.cite());
            return Outcome.refused(new Refusal(List.copyOf(clauses), "还缺：" + names(missing) + "。补齐后再办理", null));
        }
        book.add(file, "opened", opening.grounds(), "提出");
        audit.note(
                opening.mover(),
                "case-opened",
                id,
                CaseWords.type(opening.type()),
                track.cite().toArray(String[]::new));
        progress.opened(rules, track, file, member, now);
        return Outcome.done(book.view(file));
    }

    private static String names(List<Document> documents) {
        return String.join("、", documents.stream().map(Document::name).toList());
    }

    /**
     * Opens a case that a rule asks for, or answers the one that was opened under the same key, whatever became of it.
     *
     * @param at the step at which it begins; null for the first
     * @param bill the bill that is the ground, if any
     */
    public CaseView openByRule(
            long member, String type, @Nullable String at, List<String> grounds, @Nullable Long bill, String key) {
        return openByRule(member, type, at, grounds, bill, key, Map.of());
    }

    CaseView openByRule(
            long id,
            String type,
            @Nullable String at,
            List<String> grounds,
            @Nullable Long bill,
            String key,
            Map<String, String> data) {
        Optional<CaseRow> there = book.byKey(key);
        if (there.isPresent()) {
            return book.view(there.get());
        }
        Rulebook rules = law.of(clock.today());
        Track track = Tracks.track(rules, type);
        Member member = roster.get(id);
        CaseRow file = new CaseRow(type, id, member.name(), clock.today(), "system");
        file.byRule(key, bill);
        file.grounds(grounds);
        file.data(data);
        file.file(tracks.askedByName(rules, file, member));
        book.add(file, "opened", grounds, "按规定提出");
        progress.opened(rules, track, file, member, track.now());
        return book.view(file);
    }

    /** Whether a case of a type is open about a member that a report brought about, on one of these grounds. */
    boolean underWay(long member, String type, List<String> grounds) {
        return book.openOf(member, type).stream()
                .anyMatch(file -> file.byRule() && file.billId() == null && sharesGround(file, grounds));
    }

    private static boolean sharesGround(CaseRow file, Collection<String> grounds) {
        return file.grounds().stream().anyMatch(grounds::contains);
    }

    /** What a member has asked for itself and is not over, by kind, as a part of what is read about members. */
    public static MemberRows.Part requests(Map<Long, Set<String>> into) {
        return new MemberRows.Part(
                REQUESTS,
                "member_id in (:members) and closed_on is null and type in ('admission', 'upgrade', 'withdrawal',"
                        + " 'restoration', 'appeal')",
                Map.of(),
                row -> into.computeIfAbsent(row.member(), id -> new LinkedHashSet<>())
                        .add(row.text(0)));
    }

    /** Those of these members about whom a case of a type is open on one of these grounds. */
    @Transactional(readOnly = true)
    public Set<Long> openOn(Collection<Long> members, String type, Collection<String> grounds) {
        Set<Long> found = new LinkedHashSet<>();
        if (!members.isEmpty() && !grounds.isEmpty()) {
            book.open(members, type).stream()
                    .filter(file -> sharesGround(file, grounds))
                    .forEach(file -> found.add(file.member()));
        }
        return found;
    }

    /** Adds documents, or things handed back, to a case. */
    public Outcome<CaseView> file(long id, List<String> documents, String by) {
        CaseRow file = book.locked(id);
        Rulebook rules = law.of(clock.today());
        if (file.isOver()) {
            return Outcome.refused(new Refusal(Tracks.track(rules, file.type()).cite(), "此事项已办结", null));
        }
        file.file(documents);
        book.step(file, by, "filed", List.of(), String.join("、", documents));
        progress.filed(rules, file);
        return Outcome.done(book.view(file));
    }

    /** Goes on where nothing is missing any more. */
    void filed(CaseRow file) {
        progress.filed(law.of(clock.today()), file);
    }

    /**
     * Takes the member's answer.
     *
     * @param says {@code good-reason refuse cured keep give-up}
     */
    public Outcome<CaseView> answer(long id, String says, String by) {
        CaseRow file = book.locked(id);
        Rulebook rules = law.of(clock.today());
        if (file.isOver()) {
            return Outcome.refused(new Refusal(Tracks.track(rules, file.type()).cite(), "此事项已办结", null));
        }
        book.step(file, by, "answered", List.of(), says);
        file.put("answer", says);
        progress.answered(rules, file, says, by);
        return Outcome.done(book.view(file));
    }

    /** Records what a body or office decided; a counted vote is computed, not believed. */
    public Outcome<CaseView> decide(long id, Decision decision) {
        CaseRow file = book.locked(id);
        Outcome<CaseRow> outcome = verdicts.decide(law.of(clock.today()), file, decision);
        if (outcome instanceof Outcome.Refused<CaseRow> refused) {
            audit.refused(decision.recordedBy(), "decision-refused", file.memberId(), refused.refusal());
        }
        return outcome.map(book::view);
    }

    /**
     * Ends whatever else is open about a member whose membership has ended; not yet where that end is provisional and may
     * be annulled.
     */
    void lapseOthers(long member, @Nullable Long except) {
        if (except != null && book.find(except).map(CaseRow::provisional).orElse(false)) {
            return;
        }
        for (CaseRow file : book.openOf(member)) {
            if ((except == null || file.id() != except) && !file.type().equals("appeal")) {
                endings.lapse(file, "会籍已终止");
            }
        }
        endings.overtaken(member);
    }

    @Transactional(readOnly = true)
    public Optional<CaseView> find(long id) {
        return book.find(id).map(book::view);
    }

    /** All cases about a member, oldest first. */
    @Transactional(readOnly = true)
    public List<CaseView> of(long member) {
        return book.views(book.of(member));
    }

    /** Those of these members about whom there is a case of a kind; only one that is not over, or any. */
    @Transactional(readOnly = true)
    public Set<Long> having(Collection<Long> members, String type, boolean open) {
        return members.isEmpty() ? Set.of() : book.having(members, type, open);
    }

    /**
     * A page of cases, oldest first.
     *
     * @param type only of this kind; null for all
     * @param outcome only with this outcome; null for all
     * @param after key of the last case seen, 0 for the first page
     */
    @Transactional(readOnly = true)
    public List<CaseView> search(@Nullable String type, @Nullable String outcome, long after, int limit) {
        return book.views(book.search(type, outcome, after, limit));
    }

    /** The self-check for an upgrade filed today. */
    @Transactional(readOnly = true)
    public Eligibility eligible(long member, String to) {
        return ladder.check(roster.get(member), to);
    }

    /** The step that a case is at, for those who show it. */
    @Transactional(readOnly = true)
    public List<String> deciders(long id) {
        CaseRow file = book.find(id).orElseThrow(() -> new IllegalArgumentException("No case " + id));
        Optional<Stage> stage = tracks.current(law.of(clock.today()), file);
        return stage.map(s -> tracks.deciders(file, s)).orElse(List.of());
    }
}
