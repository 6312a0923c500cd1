package io.homeroom.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time by which the association lives, in Asia/Shanghai. Equal to the wire's time unless it may be set (sandbox and
 * rehearsals); then it ticks on from where it was set, and a restart keeps it. Signatures, tokens and the expiry of
 * orders use the wire's clock instead, the bean {@code wireClock}.
 */
public final class BusinessClock extends Clock {

    /** Where all associations live. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** When a day begins for those who only try things out: quiet hours over, the digest due. */
    static final LocalTime MORNING = LocalTime.of(9, 0);

    /** The server's own rows belong to no association. */
    private static final String SERVER = "*";

    private final Clock wire;
    private final @Nullable JdbcClient jdbc;
    private final boolean settable;
    private volatile Duration offset;

    private BusinessClock(Clock wire, @Nullable JdbcClient jdbc, boolean settable, Duration offset) {
        this.wire = wire;
        this.jdbc = jdbc;
        this.settable = settable;
        this.offset = offset;
    }

    /** A clock that shows the wire's time and cannot be set. */
    static BusinessClock real(Clock wire) {
        return new BusinessClock(wire, null, false, Duration.ZERO);
    }

    /**
     * A clock that can be set and keeps its place in the table. The first time it begins in the morning of today: whoever
     * tries things out at night would otherwise meet quiet hours.
     */
    static BusinessClock kept(Clock wire, JdbcClient jdbc) {
        return kept(wire, jdbc, null);
    }

    /**
     * The same, beginning on another day the first time.
     *
     * @param begin the first day; null for today
     */
    static BusinessClock kept(Clock wire, JdbcClient jdbc, @Nullable LocalDate begin) {
        Optional<Long> millis = jdbc.sql("select offset_millis from clock_setting where association_id = :server")
                .param("server", SERVER)
                .query(Long.class)
                .optional();
        BusinessClock clock = new BusinessClock(wire, jdbc, true, Duration.ofMillis(millis.orElse(0L)));
        if (millis.isEmpty()) {
            clock.restart((begin == null ? clock.today() : begin).atTime(MORNING));
        }
        return clock;
    }

    /** A clock for tests: stands at a moment until it is moved, and remembers nothing. */
    public static BusinessClock at(LocalDateTime moment) {
        Clock still = Clock.fixed(moment.atZone(ZONE).toInstant(), ZONE);
        return new BusinessClock(still, null, true, Duration.ZERO);
    }

    /** Today in Shanghai. */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZONE);
    }

    /** Date and time in Shanghai. */
    public LocalDateTime now() {
        return LocalDateTime.ofInstant(instant(), ZONE);
    }

    /** Whether {@link #moveTo} and {@link #restart} are allowed here. */
    public boolean isSettable() {
        return settable;
    }

    /** Moves on to the beginning of a day. Runs no duty: {@link Nights#moveTo} does. */
    public void moveTo(LocalDate day) {
        moveTo(day.atStartOfDay());
    }

    /**
     * Moves on to a moment in Shanghai and ticks from there.
     *
     * @throws IllegalArgumentException if that has passed
     * @throws IllegalStateException if this clock is the real one
     */
    public void moveTo(LocalDateTime moment) {
        if (moment.isBefore(now())) {
            throw new IllegalArgumentException("The clock goes forward only: it is " + now() + ", not yet " + moment);
        }
        restart(moment);
    }

    /**
     * Sets the clock to any moment, for a run that begins with an empty database.
     *
     * @throws IllegalStateException if this clock is the real one
     */
    public synchronized void restart(LocalDateTime moment) {
        if (!settable) {
            throw new IllegalStateException("The business clock can be set only in the sandbox and in rehearsals");
        }
        Instant real = wire.instant();
        Duration wanted = Duration.between(real, moment.atZone(ZONE).toInstant());
        if (jdbc != null) {
            keep(jdbc, wanted.toMillis(), real);
        }
        offset = wanted;
    }

    private static void keep(JdbcClient jdbc, long millis, Instant real) {
        LocalDateTime at = LocalDateTime.ofInstant(real, ZoneOffset.UTC);
        int changed = jdbc.sql(
                        "update clock_setting set offset_millis = :millis, set_at = :at where association_id = :server")
                .param("millis", millis)
                .param("at", at)
                .param("server", SERVER)
                .update();
        if (changed == 0) {
            jdbc.sql("insert into clock_setting (association_id, offset_millis, set_at) values (:server, :millis, :at)")
                    .param("server", SERVER)
                    .param("millis", millis)
                    .param("at", at)
                    .update();
        }
    }

    /** In whole milliseconds, as columns keep it: what is written reads back the same. */
    @Override
    public Instant instant() {
        return wire.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZONE) ? this : Clock.offset(wire.withZone(zone), offset);
    }
}
