package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lays over the rulebook file what was settled at run time: editions that the office put in force, fee standards that a
 * body resolved (BACCA-35), and how the association reads open points. It does so before anybody can ask, so that a server
 * whose program cannot read an edition does not start; then every node asks again at once for what it settles itself, and
 * every half minute for what others did.
 */
@Component
class Resolutions implements Lawbook.Overlay, SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Resolutions.class);
    private static final int SECONDS = 30;

    private final Lawbook law;
    private final Gates gates;
    private final Readings readings;
    private final EditionBook editions;
    private final TransactionTemplate transaction;
    private volatile @Nullable ExecutorService others;

    /** Reads in a transaction of its own: after a commit the one before is spent. */
    Resolutions(
            Lawbook law,
            Gates gates,
            Readings readings,
            EditionBook editions,
            PlatformTransactionManager transactions) {
        this.law = law;
        this.gates = gates;
        this.readings = readings;
        this.editions = editions;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void afterSingletonsInstantiated() {
        law.overlay(this);
    }

    @EventListener
    void begin(ApplicationReadyEvent ready) {
        if (ready.getSpringApplication().getWebApplicationType() != WebApplicationType.NONE) {
            ExecutorService listening = Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, "law");
                thread.setDaemon(true);
                return thread;
            });
            listening.execute(this::listen);
            others = listening;
        }
    }

    private void listen() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(SECONDS);
                again();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void again() {
        for (String association : law.associations()) {
            try {
                law.refresh(association);
            } catch (UnreadableEdition e) {
                LOG.error(
                        "{}: another node amended the rulebook in a way that this program cannot read", association, e);
            } catch (RuntimeException e) {
                LOG.warn("What other nodes settled could not be read; it will be tried again", e);
            }
        }
    }

    @Override
    public void destroy() {
        ExecutorService listening = others;
        if (listening != null) {
            listening.shutdownNow();
        }
    }

    @Override
    public List<Fees.Standard> standards(String association) {
        List<Fees.Standard> found =
                Tenant.in(association, () -> transaction.execute(status -> gates.resolvedStandards()));
        return found == null ? List.of() : found;
    }

    @Override
    public List<Lawbook.Chosen> readings(String association) {
        List<Lawbook.Chosen> found = Tenant.in(association, () -> transaction.execute(status -> readings.chosen()));
        return found == null ? List.of() : found;
    }

    @Override
    public List<Rulebook> amendments(String association) {
        List<Rulebook> found = Tenant.in(association, () -> transaction.execute(status -> editions.amendments()));
        return found == null ? List.of() : found;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void amended(Editions.Amended event) {
        law.refresh(Tenant.current());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void chosen(Readings.Changed event) {
        law.refresh(Tenant.current());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void decided(CaseDecided event) {
        if (event.decided().type().equals("resolution")) {
            law.refresh(Tenant.current());
        }
    }
}
