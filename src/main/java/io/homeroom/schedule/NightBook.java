package io.homeroom.schedule;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The record of nights, and the lease under which one node works on an association. Leases are on the wire's time: the
 * business clock may jump while a night is held.
 */
final class NightBook implements AutoCloseable {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration RENEW = Duration.ofSeconds(15);

    private final JdbcClient jdbc;
    private final Clock wire;
    private final String node;
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "night-lease");
        thread.setDaemon(true);
        return thread;
    });

    NightBook(JdbcClient jdbc, Clock wire) {
        this(jdbc, wire, host() + ":" + ManagementFactory.getRuntimeMXBean().getPid() + ":" + UUID.randomUUID());
    }

    NightBook(JdbcClient jdbc, Clock wire, String node) {
        this.jdbc = jdbc;
        this.wire = wire;
        this.node = node;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The lease of an association's night, renewed until closed; {@link #isHeld} is false where another node has it. */
    final class Hold implements AutoCloseable {

        private final String association;
        private final @Nullable ScheduledFuture<?> renewal;

        private Hold(String association, boolean held) {
            this.association = association;
            this.renewal = held
                    ? renewing.scheduleAtFixedRate(
                            () -> take(association), RENEW.toMillis(), RENEW.toMillis(), TimeUnit.MILLISECONDS)
                    : null;
        }

        boolean isHeld() {
            return renewal != null;
        }

        @Override
        public void close() {
            if (renewal != null) {
                renewal.cancel(false);
                jdbc.sql("update night set holder = null, lease_until = null where association_id = :a and"
                                + " holder = :me")
                        .param("a", association)
                        .param("me", node)
                        .update();
            }
        }
    }

    Hold hold(String association) {
        if (take(association)) {
            return new Hold(association, true);
        }
        String holder = jdbc.sql("select holder from night where association_id = :a")
                .param("a", association)
                .query(String.class)
                .optional()
                .orElse(null);
        if (holder == null) {
            // No row yet, or let go of just now. Two nodes may both insert; the key lets one of them.
            jdbc.sql("insert ignore into night (association_id) values (:a)")
                    .param("a", association)
                    .update();
            return new Hold(association, take(association));
        }
        if (isDeadHere(holder)) {
            int taken = jdbc.sql(
                            "update night set holder = :me, lease_until = :until where association_id = :a and holder"
                                    + " = :dead")
                    .param("me", node)
                    .param("until", utc(wire.instant().plus(LEASE)))
                    .param("a", association)
                    .param("dead", holder)
                    .update();
            return new Hold(association, taken == 1);
        }
        return new Hold(association, false);
    }

    private boolean take(String association) {
        Instant now = wire.instant();
        return jdbc.sql("update night set holder = :me, lease_until = :until where association_id = :a"
                                + " and (holder is null or holder = :me or lease_until < :now)")
                        .param("me", node)
                        .param("until", utc(now.plus(LEASE)))
                        .param("a", association)
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    /** A server killed and started again on the same machine need not wait for its own lease to run out. */
    private boolean isDeadHere(String holder) {
        String[] parts = holder.split(":", 3);
        if (parts.length < 3 || !node.startsWith(parts[0] + ":")) {
            return false;
        }
        long pid = Long.parseLong(parts[1]);
        return node.startsWith(parts[0] + ":" + pid + ":")
                || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    @Nullable
    LocalDate doneThrough(String association) {
        return jdbc.sql("select done_through from night where association_id = :a and done_through is not null")
                .param("a", association)
                .query(LocalDate.class)
                .optional()
                .orElse(null);
    }

    void done(String association, LocalDate day) {
        jdbc.sql("update night set done_through = :day where association_id = :a")
                .param("day", day)
                .param("a", association)
                .update();
    }

    boolean isFinished(String association, LocalDate day, String duty) {
        return jdbc.sql("select count(*) from night_run where association_id = :a and run_day = :day and duty = :duty"
                                + " and finished_at is not null and failure is null")
                        .param("a", association)
                        .param("day", day)
                        .param("duty", duty)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    DutyRun begin(String association, LocalDate day, String duty) {
        Instant now = wire.instant();
        int again = jdbc.sql("update night_run set attempts = attempts + 1, node = :node, started_at = :at,"
                        + " finished_at = null, failure = null"
                        + " where association_id = :a and run_day = :day and duty = :duty")
                .param("node", node)
                .param("at", utc(now))
                .param("a", association)
                .param("day", day)
                .param("duty", duty)
                .update();
        if (again == 0) {
            jdbc.sql("insert into night_run (association_id, run_day, duty, attempts, node, started_at)"
                            + " values (:a, :day, :duty, 1, :node, :at)")
                    .param("a", association)
                    .param("day", day)
                    .param("duty", duty)
                    .param("node", node)
                    .param("at", utc(now))
                    .update();
        }
        return new DutyRun(day, duty, 1 + again, now, null, null);
    }

    DutyRun finish(String association, DutyRun begun, @Nullable String failure) {
        Instant now = wire.instant();
        String shortened = failure == null || failure.length() <= 500 ? failure : failure.substring(0, 500);
        jdbc.sql("update night_run set finished_at = :at, failure = :failure"
                        + " where association_id = :a and run_day = :day and duty = :duty")
                .param("at", utc(now))
                .param("failure", shortened)
                .param("a", association)
                .param("day", begun.day())
                .param("duty", begun.duty())
                .update();
        return new DutyRun(begun.day(), begun.duty(), begun.attempts(), begun.startedAt(), now, shortened);
    }

    List<DutyRun> runs(String association, LocalDate day) {
        return jdbc.sql("select duty, attempts, started_at, finished_at, failure from night_run"
                        + " where association_id = :a and run_day = :day order by started_at, duty")
                .param("a", association)
                .param("day", day)
                .query((row, number) -> {
                    LocalDateTime finished = row.getObject("finished_at", LocalDateTime.class);
                    return new DutyRun(
                            day,
                            row.getString("duty"),
                            row.getInt("attempts"),
                            row.getObject("started_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                            finished == null ? null : finished.toInstant(ZoneOffset.UTC),
                            row.getString("failure"));
                })
                .list();
    }

    @Override
    public void close() {
        renewing.shutdownNow();
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
