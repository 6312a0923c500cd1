package io.homeroom.notice;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Ticker;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Sends what was written, outside any transaction, and records what became of it.
 *
 * <p>A notice is claimed, marked as tried, sent, and settled, each step committed. A process killed between the mark and
 * the settling leaves an open question: after the lease the notice is sent again if the channel deduplicates, else it is
 * unconfirmed and the class teacher gets it. Leases and retries go by the wire's time, what people read by the business
 * clock.
 */
@Service
public class Outbox implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final int BATCH = 20;

    private final Dispatch dispatch;
    private final ObjectProvider<Courier> couriers;
    private final BusinessClock clock;
    private final Clock wireClock;
    private final NoticeSettings settings;
    private final ReentrantLock sending = new ReentrantLock();
    private final Set<String> poked = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "outbox");
        thread.setDaemon(true);
        return thread;
    });

    Outbox(
            Dispatch dispatch,
            ObjectProvider<Courier> couriers,
            BusinessClock clock,
            Clock wireClock,
            NoticeSettings settings) {
        this.dispatch = dispatch;
        this.couriers = couriers;
        this.clock = clock;
        this.wireClock = wireClock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean eachMorning() {
        return true;
    }

    /** Sends what may be sent now for the association at work. */
    @Override
    public void tick() {
        if (settings.atOnce()) {
            return;
        }
        sending.lock();
        try {
            dispatch.recover(wireClock.instant());
            Set<Channel> open = carried();
            while (!open.isEmpty()) {
                String token = Long.toString(Ids.next(), 36);
                List<Dispatch.Claimed> batch = dispatch.claim(
                        token,
                        open,
                        BATCH,
                        clock.instant(),
                        wireClock.instant(),
                        settings.isQuiet(clock.now().toLocalTime()));
                for (Dispatch.Claimed claimed : batch) {
                    if (open.contains(claimed.letter().channel())) {
                        sendOne(token, claimed, open);
                    } else {
                        dispatch.release(token, claimed.id());
                    }
                }
                if (batch.size() < BATCH) {
                    break;
                }
            }
            dispatch.reconcile();
        } finally {
            sending.unlock();
        }
    }

    /**
     * What a channel reported later about a letter it had accepted. A report that comes before its own answer is kept for
     * it; a repeated one changes nothing.
     *
     * @param channelId as in {@link Sent.Accepted}
     * @param why empty if it arrived
     */
    public void report(String channelId, boolean arrived, String why) {
        dispatch.report(channelId, arrived, why, clock.instant());
        dispatch.reconcile();
    }

    /** Sends soon, on another thread. For use after a commit. */
    void poke() {
        String association = Tenant.current();
        if (!poked.add(association)) {
            return;
        }
        try {
            background.execute(() -> {
                poked.remove(association);
                try {
                    Tenant.run(association, this::tick);
                } catch (RuntimeException e) {
                    LOG.error("Sending for {} failed", association, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Closing; the next start sends what waits", e);
        }
    }

    /** Whether nothing is ever sent from here. */
    boolean isAsleep() {
        return settings.atOnce() || carried().isEmpty();
    }

    private void sendOne(String token, Dispatch.Claimed claimed, Set<Channel> open) {
        Letter letter = claimed.letter();
        if (!claimed.urgent() && isOverBudget(letter)) {
            dispatch.postpone(token, claimed.id(), wireClock.instant().plus(Duration.ofHours(6)), "本周通知已满额，顺延");
            return;
        }
        Courier courier = courier(letter.channel());
        boolean repeatable = courier.deduplicates(letter);
        if (!dispatch.trying(token, claimed.id(), repeatable, wireClock.instant())) {
            return; // the lease ran out meanwhile and another node decided
        }
        Sent sent;
        try {
            sent = courier.send(letter);
        } catch (RuntimeException e) {
            LOG.warn("Courier failed on notice {}", claimed.id(), e);
            sent = new Sent.Unknown(e.getClass().getSimpleName());
        }
        if (sent instanceof Sent.Retry) {
            open.remove(letter.channel()); // the channel is busy: its other letters wait as well
        }
        dispatch.settle(token, claimed, sent, repeatable, clock.instant(), wireClock.instant());
    }

    private boolean isOverBudget(Letter letter) {
        return letter.channel() == Channel.WECHAT
                && dispatch.sentSince(letter.address(), clock.instant().minus(Duration.ofDays(7)))
                        >= settings.weeklyBudget();
    }

    private Set<Channel> carried() {
        Set<Channel> carried = EnumSet.noneOf(Channel.class);
        for (Channel channel : EnumSet.of(Channel.WECHAT, Channel.WECOM, Channel.ROBOT)) {
            if (couriers.orderedStream().anyMatch(courier -> courier.carries(channel))) {
                carried.add(channel);
            }
        }
        return carried;
    }

    private Courier courier(Channel channel) {
        return couriers.orderedStream()
                .filter(courier -> courier.carries(channel))
                .findFirst()
                .orElseThrow();
    }

    /** For how long a claim keeps others away: longer than any channel takes to answer. */
    static Instant leaseFrom(Instant wireNow) {
        return wireNow.plus(Duration.ofMinutes(2));
    }

    @PreDestroy
    void close() {
        background.shutdown();
    }
}
