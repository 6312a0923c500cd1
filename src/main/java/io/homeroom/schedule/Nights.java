package io.homeroom.schedule;

import io.homeroom.ground.Tenant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs the nightly duties: for every association each missing day in order, on each day the duties in their order, each
 * once. Days on which no duty is due are passed over and count as done. A duty that dies stops its association at that
 * day, loudly; the next call tries again. On two nodes the same association's night never runs twice at a time.
 */
public final class Nights {

    private static final Logger LOG = LoggerFactory.getLogger(Nights.class);
    private static final ThreadLocal<Boolean> AT_WORK = ThreadLocal.withInitial(() -> false);

    private final BusinessClock clock;
    private final Associations associations;
    private final List<Duty> duties;
    private final Iterable<Ticker> tickers;
    private final Iterable<NightGate> gates;
    private final NightBook book;
    private final ApplicationEventPublisher events;
    private final ReentrantLock one = new ReentrantLock();

    Nights(
            BusinessClock clock,
            Associations associations,
            List<Duty> duties,
            Iterable<Ticker> tickers,
            Iterable<NightGate> gates,
            NightBook book,
            ApplicationEventPublisher events) {
        this.clock = clock;
        this.associations = associations;
        this.duties = duties.stream()
                .sorted(Comparator.comparingInt(Duty::order).thenComparing(Duty::name))
                .toList();
        this.tickers = tickers;
        this.gates = gates;
        this.book = book;
        this.events = events;
        if (this.duties.stream().map(Duty::name).distinct().count() < this.duties.size()) {
            throw new IllegalStateException("Two duties have the same name");
        }
    }

    /** Whether what is done here and now is done by a duty, at whatever hour, and not by a person. */
    public static boolean atWork() {
        return AT_WORK.get();
    }

    /**
     * Runs what is missing through a day. An association never seen before begins with that day.
     *
     * @throws IllegalStateException inside a transaction: duties have their own
     */
    public NightReport catchUp(String association, LocalDate through) {
        LocalDate known = book.doneThrough(association);
        if (known != null && !known.isBefore(through)) {
            return new NightReport(association, known, List.of(), false);
        }
        return hold(association, through, runs -> {
            LocalDate done = book.doneThrough(association);
            LocalDate day = done == null ? through : done.plusDays(1);
            while (!day.isAfter(through)) {
                Optional<LocalDate> next = firstDue(day.minusDays(1), through);
                if (next.isEmpty()) {
                    break;
                }
                day = next.get();
                if (!runDay(association, day, runs)) {
                    return;
                }
                book.done(association, day);
                day = day.plusDays(1);
            }
            if (done == null || done.isBefore(through)) {
                book.done(association, through);
            }
        });
    }

    /** Runs all duties of a day once more, due or not; days after it are not touched. */
    public NightReport again(String association, LocalDate day) {
        return hold(association, day, runs -> {
            for (Duty duty : duties) {
                if (!runDuty(association, day, duty, runs)) {
                    return;
                }
            }
            LocalDate done = book.doneThrough(association);
            if (done == null || done.isBefore(day)) {
                book.done(association, day);
            }
        });
    }

    /**
     * Moves the business clock on and runs the duties of every association for every day on the way, last included, day
     * by day across the associations; while a day's duties run the clock shows that day. Then it is morning, and what the
     * night wrote is sent.
     *
     * @return a report for each association
     * @throws IllegalArgumentException if the day has passed
     */
    public List<NightReport> moveTo(LocalDate day) {
        one.lock();
        try {
            if (day.isBefore(clock.today())) {
                throw new IllegalArgumentException("The clock goes forward only: today is " + clock.today());
            }
            Map<String, NightReport> reports = new LinkedHashMap<>();
            catchUpAll(clock.today(), reports);
            for (String code : associations.codes()) {
                hold(code, clock.today(), runs -> {}); // a gate may find work on days that would be passed over
            }
            while (clock.today().isBefore(day)) {
                LocalDate next = clock.today().plusDays(1);
                LocalDate due = associations.codes().stream()
                        .map(code -> Tenant.in(code, () -> firstDue(clock.today(), day)))
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder())
                        .orElse(day);
                LocalDate stop = due.isBefore(next) ? next : due;
                clock.moveTo(stop);
                catchUpAll(stop, reports);
                morning(stop);
            }
            return List.copyOf(reports.values());
        } finally {
            one.unlock();
        }
    }

    /** What the night wrote leaves before the next night looks whether it has arrived. */
    private void morning(LocalDate day) {
        LocalDateTime morning = day.atTime(BusinessClock.MORNING);
        if (clock.now().isBefore(morning)) {
            clock.moveTo(morning);
        }
        for (Ticker ticker : tickers) {
            if (ticker.eachMorning()) {
                associations.each(ticker::tick);
            }
        }
    }

    /** The first day later than {@code after} on which any duty of an association will find something, as far as is known. */
    public Optional<LocalDate> nextDue(String association, LocalDate after) {
        return Tenant.in(
                association,
                () -> duties.stream()
                        .map(duty -> duty.next(after))
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder()));
    }

    /** The last day whose duties are all done; empty before the first night. */
    public Optional<LocalDate> doneThrough(String association) {
        return Optional.ofNullable(book.doneThrough(association));
    }

    /** What was run for a day, in order of beginning. */
    public List<DutyRun> runsOf(String association, LocalDate day) {
        return book.runs(association, day);
    }

    private void catchUpAll(LocalDate day, Map<String, NightReport> reports) {
        for (String code : associations.codes()) {
            NightReport report = catchUp(code, day);
            reports.merge(code, report, Nights::join);
        }
    }

    private static NightReport join(NightReport earlier, NightReport later) {
        List<DutyRun> runs = new ArrayList<>(earlier.runs());
        runs.addAll(later.runs());
        return new NightReport(later.association(), later.through(), runs, earlier.elsewhere() || later.elsewhere());
    }

    private Optional<LocalDate> firstDue(LocalDate after, LocalDate through) {
        LocalDate first = null;
        LocalDate tomorrow = after.plusDays(1);
        for (Duty duty : duties) {
            Optional<LocalDate> next = duty.next(after);
            if (next.isPresent() && (first == null || next.get().isBefore(first))) {
                first = next.get().isBefore(tomorrow) ? tomorrow : next.get();
                if (first.equals(tomorrow)) {
                    break; // it cannot be earlier; the others need not be asked
                }
            }
        }
        return Optional.ofNullable(first).filter(day -> !day.isAfter(through));
    }

    private boolean runDay(String association, LocalDate day, List<DutyRun> runs) {
        for (Duty duty : duties) {
            // Asked only now: a duty before it may have made work for this same day.
            boolean due = duty.next(day.minusDays(1))
                    .filter(next -> !next.isAfter(day))
                    .isPresent();
            if (due && !book.isFinished(association, day, duty.name()) && !runDuty(association, day, duty, runs)) {
                return false;
            }
        }
        return true;
    }

    private boolean runDuty(String association, LocalDate day, Duty duty, List<DutyRun> runs) {
        DutyRun begun = book.begin(association, day, duty.name());
        try {
            AT_WORK.set(true);
            duty.run(day);
            runs.add(book.finish(association, begun, null));
            return true;
        } catch (RuntimeException e) {
            LOG.error("Duty {} of {} for {} failed; later days wait for it", duty.name(), day, association, e);
            String failure = e.getClass().getSimpleName() + ": " + e.getMessage();
            runs.add(book.finish(association, begun, failure));
            events.publishEvent(new NightFailed(association, day, duty.name(), failure));
            return false;
        } finally {
            AT_WORK.remove();
        }
    }

    private NightReport hold(String association, LocalDate day, Work work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The nights are run outside transactions");
        }
        List<DutyRun> runs = new ArrayList<>();
        one.lock();
        try {
            return Tenant.in(association, () -> {
                try (NightBook.Hold hold = book.hold(association)) {
                    if (!hold.isHeld() || !gatesOpen(association, day)) {
                        return new NightReport(association, book.doneThrough(association), runs, true);
                    }
                    work.run(runs);
                }
                if (!runs.isEmpty()) {
                    events.publishEvent(new NightRun(association, day));
                }
                return new NightReport(association, book.doneThrough(association), runs, false);
            });
        } finally {
            one.unlock();
        }
    }

    private boolean gatesOpen(String association, LocalDate day) {
        LocalDate done = book.doneThrough(association);
        LocalDate first = done == null || !done.isBefore(day) ? day : done.plusDays(1);
        for (NightGate gate : gates) {
            if (!gate.opens(first)) {
                return false;
            }
        }
        return true;
    }

    private interface Work {
        void run(List<DutyRun> runs);
    }
}
