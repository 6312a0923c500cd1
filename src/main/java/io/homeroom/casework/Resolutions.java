package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
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
 * Lays over the written rulebook what was settled at run time: fee standards that a body resolved (BACCA-35), and how the
 * association reads open points. Every node asks again at once for what it settles itself, and every half minute for what
 * others did.
 */
@Component
class Resolutions implements Lawbook.Overlay, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Resolutions.class);
    private static final int SECONDS = 30;

    private final Lawbook law;
    private final Gates gates;
    private final Readings readings;
    private final TransactionTemplate transaction;
    private volatile @Nullable ExecutorService others;

    /** Reads in a transaction of its own: after a commit the one before is spent. */
    Resolutions(Lawbook law, Gates gates, Readings readings, PlatformTransactionManager transactions) {
        this.law = law;
        this.gates = gates;
        this.readings = readings;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @EventListener
    void begin(ApplicationReadyEvent ready) {
        law.overlay(this);
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
        try {
            law.associations().forEach(law::refresh);
        } catch (RuntimeException e) {
            LOG.warn("What other nodes settled could not be read; it will be tried again", e);
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
