package io.homeroom.casework;

import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.rulebook.Track;
import io.homeroom.rulebook.Track.Document;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The shelf on which case files stand. */
@Component
class CaseBook {

    private final EntityManager entities;
    private final BusinessClock clock;
    private final Tracks tracks;
    private final Roster roster;
    private final Lawbook law;

    CaseBook(EntityManager entities, BusinessClock clock, Tracks tracks, Roster roster, Lawbook law) {
        this.entities = entities;
        this.clock = clock;
        this.tracks = tracks;
        this.roster = roster;
        this.law = law;
    }

    void add(CaseRow file, String act, List<String> clauses, String says) {
        entities.persist(file);
        step(file, file.openedBy(), act, clauses, says);
    }

    void step(CaseRow file, String by, String act, List<String> clauses, String says) {
        entities.persist(new StepRow(file, clock.today(), by, act, clauses, says));
    }

    CaseRow locked(long id) {
        CaseRow file = entities.find(CaseRow.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (file == null) {
            throw new IllegalArgumentException("No case " + id);
        }
        return file;
    }

    Optional<CaseRow> find(long id) {
        return Optional.ofNullable(entities.find(CaseRow.class, id));
    }

    Optional<CaseRow> byKey(String key) {
        return entities.createQuery("from CaseRow where ruleKey = :key", CaseRow.class)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** Cases that a rule opened because of what another case did. */
    List<CaseRow> following(long cause) {
        return entities.createQuery(
                        "from CaseRow where ruleKey like :key and type = 'removal' order by id", CaseRow.class)
                .setParameter("key", "office-lost:" + cause + ":%")
                .getResultList();
    }

    Set<Long> having(Collection<Long> members, String type, boolean open) {
        return new LinkedHashSet<>(entities.createQuery(
                        "select distinct memberId from CaseRow where memberId in :members and type = :type"
                                + (open ? " and closedOn is null" : ""),
                        Long.class)
                .setParameter("members", members)
                .setParameter("type", type)
                .getResultList());
    }

    List<CaseRow> open(Collection<Long> members, String type) {
        return entities.createQuery(
                        "from CaseRow where memberId in :members and type = :type and closedOn is null", CaseRow.class)
                .setParameter("members", members)
                .setParameter("type", type)
                .getResultList();
    }

    List<CaseRow> of(long member) {
        return entities.createQuery("from CaseRow where memberId = :member order by id", CaseRow.class)
                .setParameter("member", member)
                .getResultList();
    }

    /** Cases about a member that are not over, those that wait for their effect included. */
    List<CaseRow> openOf(long member) {
        return entities.createQuery(
                        "from CaseRow where memberId = :member and closedOn is null order by id", CaseRow.class)
                .setParameter("member", member)
                .getResultList();
    }

    List<CaseRow> openOf(long member, String type) {
        return openOf(member).stream().filter(file -> file.type().equals(type)).toList();
    }

    /** Whether a ground has fallen away because the member has another case open that takes its place. */
    boolean overtaken(Track track, long member, String ground) {
        String other = track.unless().get(ground);
        return other != null && !openOf(member, other).isEmpty();
    }

    /** Who was approved and has not come in yet, for want of a seat or of what is still to be done, oldest first. */
    List<CaseRow> waitingForSeat() {
        return entities.createQuery(
                        "from CaseRow where type in ('upgrade', 'admission') and outcome = 'approved' and closedOn is"
                                + " null order by id",
                        CaseRow.class)
                .getResultList();
    }

    List<CaseRow> search(@Nullable String type, @Nullable String outcome, long after, int limit) {
        return entities.createQuery(
                        "from CaseRow where id > :after and (:type is null or type = :type)"
                                + " and (:outcome is null or outcome = :outcome) order by id",
                        CaseRow.class)
                .setParameter("after", after)
                .setParameter("type", type)
                .setParameter("outcome", outcome)
                .setMaxResults(limit)
                .getResultList();
    }

    List<CaseRow> findAll(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities.createQuery("from CaseRow where id in :ids order by id", CaseRow.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    /** Open files that wait for any of these bodies or offices. */
    List<CaseRow> waitingAt(Collection<String> where) {
        return entities.createQuery("from CaseRow where at in :where and outcome = 'open' order by id", CaseRow.class)
                .setParameter("where", where)
                .getResultList();
    }

    /** Open files that a night after this day has handed on, of which nobody was told by itself. */
    List<CaseRow> handedSince(LocalDate day) {
        return entities.createQuery("from CaseRow where nightOn > :day and closedOn is null order by id", CaseRow.class)
                .setParameter("day", day)
                .getResultList();
    }

    /** Files that must be looked at by a day. */
    List<CaseRow> toWake(LocalDate day) {
        return entities.createQuery("from CaseRow where wake <= :day order by id", CaseRow.class)
                .setParameter("day", day)
                .getResultList();
    }

    /** Files that are not over, those that wait for their effect included. */
    List<CaseRow> unfinished() {
        return entities.createQuery("from CaseRow where closedOn is null order by id", CaseRow.class)
                .getResultList();
    }

    Optional<LocalDate> nextWake() {
        return Optional.ofNullable(entities.createQuery("select min(wake) from CaseRow", LocalDate.class)
                .getSingleResult());
    }

    List<CaseRow> approvedResolutions() {
        return entities.createQuery(
                        "from CaseRow where type = 'resolution' and outcome = 'approved' order by id", CaseRow.class)
                .getResultList();
    }

    /** Days of this year on which upgrades were put to a vote. */
    List<LocalDate> voteDays(String type, int year) {
        return entities.createQuery(
                        "select distinct on from StepRow where caseType = :type and act in ('vote-passed',"
                                + " 'vote-failed') and on between :first and :last",
                        LocalDate.class)
                .setParameter("type", type)
                .setParameter("first", LocalDate.of(year, 1, 1))
                .setParameter("last", LocalDate.of(year, 12, 31))
                .getResultList();
    }

    /** The day on which each of these files came to the step that it is at, by what was decided before. */
    Map<Long, LocalDate> lastMoved(Collection<CaseRow> files) {
        Map<Long, LocalDate> moved = new HashMap<>();
        if (!files.isEmpty()) {
            entities.createQuery(
                            "select caseId, max(on) from StepRow where caseId in :files and act in ('approved',"
                                    + " 'vote-failed', 'vote-passed', 'referred', 'unanswered', 'opened') group by caseId",
                            Object[].class)
                    .setParameter("files", files.stream().map(CaseRow::id).toList())
                    .getResultList()
                    .forEach(row -> moved.put((Long) row[0], (LocalDate) row[1]));
        }
        return moved;
    }

    CaseView view(CaseRow file) {
        return views(List.of(file)).get(0);
    }

    List<CaseView> views(Collection<CaseRow> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        entities.flush();
        Map<Long, List<CaseView.Step>> steps = new HashMap<>();
        entities.createQuery("from StepRow where caseId in :files order by id", StepRow.class)
                .setParameter("files", files.stream().map(CaseRow::id).toList())
                .getResultList()
                .forEach(step -> steps.computeIfAbsent(step.caseId(), id -> new ArrayList<>())
                        .add(step.view()));
        Map<Long, Member> members = roster.findAll(files.stream()
                .map(CaseRow::memberId)
                .filter(java.util.Objects::nonNull)
                .map(Long.class::cast)
                .distinct()
                .toList());
        Rulebook rules = law.of(clock.today());
        return files.stream()
                .map(file -> view(rules, file, members, steps.getOrDefault(file.id(), List.of())))
                .toList();
    }

    private CaseView view(Rulebook rules, CaseRow file, Map<Long, Member> members, List<CaseView.Step> steps) {
        Long id = file.memberId();
        Member member = id == null ? null : members.get(id);
        Set<String> clauses = new LinkedHashSet<>(file.grounds());
        Track track = rules.cases().get(file.type());
        String matter = file.data().get("matter");
        if (file.type().equals("resolution") && matter != null) {
            clauses.add(matter); // the clause that gives the power to resolve it
        }
        List<String> missing = List.of();
        if (track != null) {
            clauses.addAll(track.cite());
            missing = tracks.missing(rules, file, member).stream()
                    .map(Document::name)
                    .toList();
        }
        return new CaseView(
                file.id(),
                file.type(),
                id,
                file.subject(),
                file.outcome(),
                file.at(),
                file.due(),
                file.from(),
                missing,
                file.openedOn(),
                file.closedOn(),
                List.copyOf(clauses),
                file.data(),
                steps);
    }
}
