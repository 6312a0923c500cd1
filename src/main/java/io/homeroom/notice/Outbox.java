package io.homeroom.notice;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.schedule.Ticker;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Sends what was written, outside any transaction, and records what became of it.
 *
 * <p>A notice is claimed, marked as tried, sent, and settled, each step committed. A process killed between the mark and
 * the settling leaves an open question: after the lease the notice is sent again if the channel still deduplicates, else it
 * is unconfirmed and the class teacher gets it. Leases and retries go by the wire's time, what people read by the business
 * clock.
 */
@Service
public class Outbox implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private static final int BATCH = 20;

    /** A channel that says later so often in a row is left alone until the next round. */
    private static final int PATIENCE = 3;

    private static final Duration ASK_AGAIN = Duration.ofMinutes(2);

    private final Dispatch dispatch;
    private final ObjectProvider<Courier> couriers;
    private final BusinessClock clock;
    private final Clock wireClock;
    private final NoticeSettings settings;
    private final Map<String, ReentrantLock> sending = new ConcurrentHashMap<>();
    private final Map<String, Rest> resting = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Set<String> poked = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1, work -> {
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
        this.background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
        ReentrantLock mine = sending.computeIfAbsent(Tenant.current(), code -> new ReentrantLock());
        mine.lock();
        try {
            dispatch.recover(wireClock.instant());
            Round round = new Round(carried());
            Map<Channel, Pace> paces = new EnumMap<>(Channel.class);
            for (Channel channel : round.open) {
                courier(channel).pace(channel).ifPresent(pace -> paces.put(channel, pace));
            }
            while (!round.open.isEmpty()) {
                String token = Long.toString(Ids.next(), 36);
                List<Dispatch.Claimed> batch = dispatch.claim(
                        token,
                        round.open,
                        paces,
                        BATCH,
                        clock.instant(),
                        wireClock.instant(),
                        settings.isQuiet(clock.now().toLocalTime()));
                for (Dispatch.Claimed claimed : batch) {
                    if (round.open.contains(claimed.letter().channel())) {
                        sendOne(token, claimed, round);
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
            mine.unlock();
        }
    }

    /** A time in which a channel is left alone. */
    private record Rest(Instant from, Instant until) {
        boolean covers(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(until);
        }
    }

    /** The channels that are open, and how often in a row each said later. */
    private static final class Round {

        private final Set<Channel> open;
        private final Map<Channel, Integer> later = new EnumMap<>(Channel.class);

        Round(Set<Channel> open) {
            this.open = open;
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
        poke(Duration.ZERO);
    }

    /** Sends after a while, on another thread; the next round does if this process ends before. */
    void poke(Duration wait) {
        String association = Tenant.current();
        if (!poked.add(association + wait)) {
            return;
        }
        try {
            Future<?> unused = background.schedule(
                    () -> {
                        poked.remove(association + wait);
                        try {
                            Tenant.run(association, this::tick);
                        } catch (RuntimeException e) {
                            LOG.error("Sending for {} failed", association, e);
                        }
                    },
                    wait.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Closing; the next start sends what waits", e);
        }
    }

    /** Whether nothing is ever sent from here. */
    boolean isAsleep() {
        return settings.atOnce() || carried().isEmpty();
    }

    private void sendOne(String token, Dispatch.Claimed claimed, Round round) {
        Letter letter = claimed.letter();
        if (!claimed.urgent() && isOverBudget(letter)) {
            dispatch.postpone(token, claimed.id(), wireClock.instant().plus(Duration.ofHours(6)), "本周通知已满额，顺延");
            return;
        }
        Courier courier = courier(letter.channel());
        Terms terms = Terms.of(courier, letter);
        Instant triedAt = wireClock.instant();
        Dispatch.Turn turn = dispatch.trying(token, claimed, terms, clock.instant(), triedAt);
        if (turn instanceof Dispatch.Turn.Full) {
            dispatch.release(token, claimed.id());
        } else if (turn instanceof Dispatch.Turn.Now now) {
            Sent sent = believed(carry(courier, now.letter(), claimed), terms);
            rest(letter.channel(), sent, round);
            dispatch.settle(token, claimed, sent, terms, clock.instant(), triedAt, wireClock.instant());
        }
    }

    private static Sent carry(Courier courier, Letter letter, Dispatch.Claimed claimed) {
        try {
            return courier.send(letter);
        } catch (RuntimeException e) {
            LOG.warn("Courier failed on notice {}", claimed.id(), e);
            return new Sent.Unknown(e.getClass().getSimpleName());
        }
    }

    /**
     * That a day's quota is used up is believed when the channel has said so several times in a row; before that it is asked
     * again soon, for it is also said when too much came at once.
     */
    private Sent believed(Sent sent, Terms terms) {
        if (terms.quota().isEmpty()) {
            return sent instanceof Sent.Spent spent ? new Sent.Retry(ASK_AGAIN, spent.why()) : sent;
        }
        String quota = Tenant.current() + "/" + terms.quota().get().name();
        if (!(sent instanceof Sent.Spent spent)) {
            refusals.remove(quota);
            return sent;
        }
        if (refusals.merge(quota, 1, Integer::sum) < PATIENCE) {
            return Sent.Retry.away(ASK_AGAIN, spent.why());
        }
        refusals.remove(quota);
        return spent;
    }

    /** Leaves a channel alone for as long as it asked, or for this round if it keeps saying later. */
    private void rest(Channel channel, Sent sent, Round round) {
        if (!(sent instanceof Sent.Retry retry)) {
            round.later.remove(channel);
            return;
        }
        Duration asked = retry.after();
        if (asked != null) {
            Instant now = wireClock.instant();
            resting.put(resting(channel), new Rest(now, now.plus(asked)));
            round.open.remove(channel);
        } else if (round.later.merge(channel, 1, Integer::sum) >= PATIENCE) {
            round.open.remove(channel);
        }
    }

    private static String resting(Channel channel) {
        return Tenant.current() + "/" + channel.code();
    }

    private boolean isOverBudget(Letter letter) {
        return letter.channel() == Channel.WECHAT
                && dispatch.sentSince(letter.address(), clock.instant().minus(Duration.ofDays(7)))
                        >= settings.weeklyBudget();
    }

    private Set<Channel> carried() {
        Set<Channel> carried = EnumSet.noneOf(Channel.class);
        Instant wireNow = wireClock.instant();
        for (Channel channel : EnumSet.of(Channel.WECHAT, Channel.WECOM, Channel.ROBOT)) {
            Rest rest = resting.get(resting(channel));
            if ((rest == null || !rest.covers(wireNow))
                    && couriers.orderedStream().anyMatch(courier -> courier.carries(channel))) {
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
