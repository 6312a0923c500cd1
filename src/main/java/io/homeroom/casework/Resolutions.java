package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Lays fee standards that a body resolved over the written rulebook (BACCA-35). */
@Component
class Resolutions implements Lawbook.Overlay {

    private final Lawbook law;
    private final Gates gates;
    private final TransactionTemplate transaction;

    /** Reads in a transaction of its own: after a commit the one before is spent. */
    Resolutions(Lawbook law, Gates gates, PlatformTransactionManager transactions) {
        this.law = law;
        this.gates = gates;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        law.overlay(this);
    }

    @Override
    public List<Fees.Standard> standards(String association) {
        List<Fees.Standard> found =
                Tenant.in(association, () -> transaction.execute(status -> gates.resolvedStandards()));
        return found == null ? List.of() : found;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void decided(CaseDecided event) {
        if (event.decided().type().equals("resolution")) {
            law.refresh(Tenant.current());
        }
    }
}
