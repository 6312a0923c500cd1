package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.member.Member;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assemblies and councils: session and recess, terms, who belongs, how many seats. */
@Service
@Transactional
public class Bodies {

    private final EntityManager entities;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Seats seats;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Bodies(
            EntityManager entities,
            Lawbook law,
            BusinessClock clock,
            Seats seats,
            Audit audit,
            ApplicationEventPublisher events) {
        this.entities = entities;
        this.law = law;
        this.clock = clock;
        this.seats = seats;
        this.audit = audit;
        this.events = events;
    }

    /** How a body stands; one of which nothing was recorded is in session. */
    @Transactional(readOnly = true)
    public BodyState state(String body) {
        return row(body).map(BodyRow::view).orElseGet(() -> new BodyState(body, null, false, null, null));
    }

    /** Records how a body stands from now on. */
    public void change(BodyState state, String by) {
        BodyRow row = row(state.name()).orElseGet(() -> {
            BodyRow fresh = new BodyRow(state.name());
            entities.persist(fresh);
            return fresh;
        });
        row.take(state);
        audit.note(by, "body-changed", null, state.name() + (state.recess() ? "：闭会" : "：在会"));
        events.publishEvent(new BodyChanged(state));
    }

    /** Whether a member belongs to a body today. */
    public boolean belongs(Member member, String body) {
        Rulebook.Body rule = law.of(clock.today()).bodies().get(body);
        return rule != null && member.belongs() && fits(law.of(clock.today()), rule, member);
    }

    static boolean fits(Rulebook book, Rulebook.Body rule, Member member) {
        if (rule.grades().isEmpty() && rule.posts().isEmpty()) {
            return true;
        }
        return rule.grades().contains(member.grade())
                || rule.posts().stream()
                        .anyMatch(wanted -> member.posts().stream().anyMatch(held -> book.includes(held, wanted)));
    }

    /** Seats filled: as recorded, else counted from the roster. */
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
        return entities.createQuery("from BodyRow where body = :body", BodyRow.class)
                .setParameter("body", body)
                .getResultStream()
                .findFirst();
    }
}
