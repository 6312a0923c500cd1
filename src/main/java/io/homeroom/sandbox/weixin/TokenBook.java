package io.homeroom.sandbox.weixin;

import io.homeroom.sandbox.wire.Randoms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of one official account (official documentation "获取接口调用凭据" and "获取稳定版接口调用凭据"). The
 * plain call gives a new token each time and leaves the one before five minutes; the stable call gives the same token
 * until its last five minutes, in which both are good. The two kinds do not disturb each other.
 */
final class TokenBook {

    private static final Duration LIFE = Duration.ofSeconds(7200);
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Duration FORCE_PAUSE = Duration.ofSeconds(30);
    private static final int PLAIN_A_DAY = 2000;
    private static final int FORCED_A_DAY = 20;
    private static final int REMEMBERED = 200;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    /** A token with its remaining life in seconds. */
    record Issue(String token, long expiresIn) {}

    /** What a token is worth. */
    enum Worth {
        GOOD,
        EXPIRED,
        UNKNOWN
    }

    private final Clock clock;
    private final Map<String, Instant> ends = new LinkedHashMap<>();
    private @Nullable String plain;
    private @Nullable String stable;
    private Instant forcedAt = Instant.EPOCH;
    private LocalDate day = LocalDate.EPOCH;
    private int plainToday;
    private int forcedToday;

    TokenBook(Clock clock) {
        this.clock = clock;
    }

    synchronized Issue plain() throws ApiError {
        newDay();
        if (++plainToday > PLAIN_A_DAY) {
            throw ApiError.of(45009);
        }
        Instant now = clock.instant();
        shorten(plain, now.plus(OVERLAP));
        plain = issue(now);
        return new Issue(plain, LIFE.toSeconds());
    }

    synchronized Issue stable(boolean force) throws ApiError {
        newDay();
        Instant now = clock.instant();
        Instant end = stable == null ? null : ends.get(stable);
        if (force && !now.isBefore(forcedAt.plus(FORCE_PAUSE))) {
            if (++forcedToday > FORCED_A_DAY) {
                throw ApiError.of(45009);
            }
            forcedAt = now;
            shorten(stable, now);
            end = null;
        }
        if (stable == null || end == null || !now.isBefore(end.minus(OVERLAP))) {
            stable = issue(now);
            end = now.plus(LIFE);
        }
        return new Issue(stable, Duration.between(now, end).toSeconds());
    }

    synchronized Worth worth(String token) {
        Instant end = ends.get(token);
        if (end == null) {
            return Worth.UNKNOWN;
        }
        return clock.instant().isBefore(end) ? Worth.GOOD : Worth.EXPIRED;
    }

    synchronized boolean knows(String token) {
        return ends.containsKey(token);
    }

    /** Ends every token now. */
    synchronized void expire() {
        Instant now = clock.instant();
        ends.replaceAll((token, end) -> end.isAfter(now) ? now : end);
    }

    /** The reset of all counts of the day. */
    synchronized void clearQuota() {
        plainToday = 0;
        forcedToday = 0;
    }

    private String issue(Instant now) {
        String token = "88_" + Randoms.token(133);
        ends.put(token, now.plus(LIFE));
        if (ends.size() > REMEMBERED) {
            ends.remove(ends.keySet().iterator().next());
        }
        return token;
    }

    private void shorten(@Nullable String token, Instant end) {
        if (token != null) {
            ends.computeIfPresent(token, (same, before) -> before.isBefore(end) ? before : end);
        }
    }

    private void newDay() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), CHINA);
        if (!today.equals(day)) {
            day = today;
            clearQuota();
        }
    }
}
