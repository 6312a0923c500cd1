package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assemblies and councils: session and recess, terms, who belongs, how many seats. */
@Service
@Transactional
public class Bodies {

    private static final int MOST_SEATS = 99_999;

    /** Years from today beyond which a day of a term is a slip of the pen. */
    private static final int FAR = 20;

    private final EntityManager entities;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Seats seats;
    private final Roster roster;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Bodies(
            EntityManager entities,
            Lawbook law,
            BusinessClock clock,
            Seats seats,
            Roster roster,
            Audit audit,
            ApplicationEventPublisher events) {
        this.entities = entities;
        this.law = law;
        this.clock = clock;
        this.seats = seats;
        this.roster = roster;
        this.audit = audit;
        this.events = events;
    }

    /** How a body stands; one of which nothing was recorded is in session. */
    @Transactional(readOnly = true)
    public BodyState state(String body) {
        return row(body).map(BodyRow::view).orElseGet(() -> blank(body));
    }

    /** Records how a body stands from now on. */
    public void change(BodyState state, String by) {
        take(row(state.name()), state, by);
    }

    /**
     * Records how a body stands, as somebody asks for it who had read how it stood.
     *
     * @param seen what was read; where it is so no more, nothing is changed
     * @param wanted how the body stands from now on
     */
    public Outcome<BodyState> change(BodyState seen, BodyState wanted, String by) {
        Optional<Refusal> refusal = unknown(wanted.name()).or(() -> impossible(wanted, clock.today()));
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Optional<BodyRow> row = ask(wanted.name())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
        BodyState now = row.map(BodyRow::view).orElseGet(() -> blank(wanted.name()));
        if (now.equals(wanted)) {
            return Outcome.done(now);
        }
        if (!now.equals(seen)) {
            return Outcome.refused(new Refusal(wanted.name() + "的情况刚被别人改过，这次没有记；请看过现在的情况再改"));
        }
        take(row, wanted, by);
        return Outcome.done(wanted);
    }

    /** What cannot be so of a body from a day on, whatever the rulebook says. */
    Optional<Refusal> impossible(BodyState wanted, LocalDate from) {
        LocalDate today = clock.today();
        LocalDate ends = wanted.termEnds();
        LocalDate changed = wanted.changed();
        Integer seats = wanted.inOffice();
        if (seats != null && (seats < 0 || seats > MOST_SEATS)) {
            return Optional.of(new Refusal("在任席位要在0到" + MOST_SEATS + "之间；不填则按名册计数"));
        }
        if (changed != null && changed.isAfter(from)) {
            // What may be done after a change would be open before it took place.
            return Optional.of(new Refusal("换届日不能晚于" + (from.equals(today) ? "今天；换届以后再登记，或预先登记从换届那天起" : "生效的" + from)));
        }
        for (LocalDate day : Stream.of(ends, changed).filter(Objects::nonNull).toList()) {
            if (day.isBefore(today.minusYears(FAR)) || day.isAfter(today.plusYears(FAR))) {
                return Optional.of(new Refusal(day + "离今天超过" + FAR + "年，请核对"));
            }
        }
        return Optional.empty();
    }

    private void take(Optional<BodyRow> known, BodyState state, String by) {
        BodyRow row = known.orElseGet(() -> {
            BodyRow fresh = new BodyRow(state.name());
            entities.persist(fresh);
            return fresh;
        });
        row.take(state);
        audit.note(
                by,
                "body-changed",
                null,
                state.name()
                        + (state.recess() ? "：闭会" : "：在会")
                        + (state.inOffice() == null ? "" : "，在任" + state.inOffice() + "席")
                        + (state.termEnds() == null ? "" : "，任期至" + state.termEnds())
                        + (state.changed() == null ? "" : "，" + state.changed() + "换届"));
        events.publishEvent(new BodyChanged(state));
    }

    private static BodyState blank(String body) {
        return new BodyState(body, null, false, null, null);
    }

    /** Whether a member belongs to a body today. */
    public boolean belongs(Member member, String body) {
        Rulebook.Body rule = law.of(clock.today()).bodies().get(body);
        return rule != null && member.belongs() && fits(law.of(clock.today()), rule, member);
    }

    /** Those who belong to a body today, those at rest included, by name. */
    @Transactional(readOnly = true)
    public List<Member> members(String body) {
        Rulebook book = law.of(clock.today());
        Rulebook.Body rule = book.bodies().get(body);
        if (rule == null) {
            return List.of();
        }
        Map<Long, Member> found = new LinkedHashMap<>();
        holders(book, rule.posts(), found);
        if (rule.posts().isEmpty() || !rule.grades().isEmpty()) {
            List<@Nullable String> grades = new ArrayList<>(rule.grades());
            if (grades.isEmpty()) {
                grades.add(null);
            }
            grades.forEach(grade -> graded(grade, found));
        }
        return found.values().stream()
                .filter(Member::belongs)
                .sorted(Comparator.comparing(Member::name).thenComparing(Member::id))
                .toList();
    }

    /** Those who sit in without a seat or a vote, by name; whoever has a seat there is none of them (DSIA-4-4b). */
    @Transactional(readOnly = true)
    public List<Member> guests(String body) {
        Rulebook book = law.of(clock.today());
        Rulebook.Body rule = book.bodies().get(body);
        if (rule == null) {
            return List.of();
        }
        Map<Long, Member> found = new LinkedHashMap<>();
        holders(book, rule.guests(), found);
        return found.values().stream()
                .filter(member -> member.standing() == Standing.ACTIVE && !fits(book, rule, member))
                .sorted(Comparator.comparing(Member::name).thenComparing(Member::id))
                .toList();
    }

    /** By which clauses some sit in without a vote; none where nobody does. */
    @Transactional(readOnly = true)
    public List<String> guestsCite(String body) {
        Rulebook.Body rule = law.of(clock.today()).bodies().get(body);
        return rule == null ? List.of() : rule.guestsCite();
    }

    private void holders(Rulebook book, List<String> posts, Map<Long, Member> found) {
        for (String wanted : posts) {
            book.posts().stream()
                    .map(Rulebook.Post::name)
                    .filter(held -> book.includes(held, wanted))
                    .forEach(held -> roster.holders(held).forEach(member -> found.put(member.id(), member)));
        }
    }

    private void graded(@Nullable String grade, Map<Long, Member> found) {
        Long after = 0L;
        while (after != null) {
            Page<Member> page = roster.search(new Search(null, null, grade, null, after, 500));
            page.items().forEach(member -> found.put(member.id(), member));
            after = page.next();
        }
    }

    /**
     * What stands against a body's meeting or voting by mail or online: the bylaws, or their silence as it is read.
     *
     * @param special why it is to be so; bylaws allow it in special circumstances only
     */
    @Transactional(readOnly = true)
    public Optional<Refusal> againstRemote(String body, String special) {
        Optional<Refusal> bound = boundToMeet(body);
        if (bound.isPresent() || !special.isBlank()) {
            return bound;
        }
        Rulebook.Body rule = law.of(clock.today()).bodies().get(body);
        return Optional.of(new Refusal(rule == null ? List.of() : rule.remote(), "通讯方式只用于特殊情况，请写明这次的理由", null));
    }

    /** Why a body can decide in a meeting only; empty where it may by mail or online, and for an office, which never meets. */
    @Transactional(readOnly = true)
    public Optional<Refusal> boundToMeet(String body) {
        Rulebook book = law.of(clock.today());
        Rulebook.Body rule = book.bodies().get(body);
        if (rule == null || !rule.remote().isEmpty() || book.says("remote-ballot")) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(book.grounds("remote-ballot"), body + "没有通讯开会、表决的规定，按现行读法须到会表决", null));
    }

    /** A body that the rulebook does not know. */
    Optional<Refusal> unknown(String body) {
        Set<String> known = law.of(clock.today()).bodies().keySet();
        return known.contains(body)
                ? Optional.empty()
                : Optional.of(new Refusal("没有“" + body + "”这个会议，可选：" + String.join("、", known)));
    }

    /** Whether a member's grade or posts make it one of a body. */
    public static boolean fits(Rulebook book, Rulebook.Body rule, Member member) {
        if (rule.grades().isEmpty() && rule.posts().isEmpty()) {
            return true;
        }
        return rule.grades().contains(member.grade())
                || rule.posts().stream()
                        .anyMatch(wanted -> member.posts().stream().anyMatch(held -> book.includes(held, wanted)));
    }

    /** Seats filled: as recorded, else counted from the roster without those whose rights are at rest. */
    @Transactional(readOnly = true)
    public int seatsOf(String body) {
        Integer recorded = state(body).inOffice();
        if (recorded != null) {
            return recorded;
        }
        Rulebook.Body rule = law.of(clock.today()).bodies().get(body);
        return rule == null ? 0 : seats.inBody(rule);
    }

    private Optional<BodyRow> row(String body) {
        return ask(body).getResultStream().findFirst();
    }

    private TypedQuery<BodyRow> ask(String body) {
        return entities.createQuery("from BodyRow where body = :body", BodyRow.class)
                .setParameter("body", body);
    }
}
