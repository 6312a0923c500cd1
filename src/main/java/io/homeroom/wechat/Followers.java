package io.homeroom.wechat;

import io.homeroom.ground.Parts;
import io.homeroom.ground.Tenant;
import io.homeroom.notice.Sent;
import io.homeroom.schedule.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Sends what did not fit into a passive reply, by size or by time, as customer-service messages. The row is claimed
 * before it is sent, so that none is sent by two nodes, and none again whose fate is unknown.
 */
@Component
class Followers implements Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    /** Lets the passive reply arrive first. */
    private static final Duration BEHIND = Duration.ofSeconds(1);

    /** After that an answer is no longer one. */
    private static final Duration TOO_LATE = Duration.ofMinutes(30);

    /** Longer than WeChat's repetitions, and as long as a message opens the window for customer service. */
    private static final Duration KEPT = Duration.ofDays(3);

    private static final int AT_ONCE = 20;

    private record Waiting(String key, String openid, String reply, String follow) {}

    private final JdbcTemplate jdbc;
    private final Voice voice;
    private final Executor workers;
    private final Clock clock;

    Followers(
            JdbcTemplate jdbc,
            Voice voice,
            @Qualifier("wechatWorkers") Executor workers,
            @Qualifier("wireClock") Clock clock) {
        this.jdbc = jdbc;
        this.voice = voice;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "wechat-followers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Sends soon, instead of at the next tick. */
    void hurry(String association) {
        CompletableFuture.delayedExecutor(BEHIND.toMillis(), TimeUnit.MILLISECONDS, workers)
                .execute(() -> Tenant.run(association, this::sendAll));
    }

    @Override
    public void tick() {
        sendAll();
        purge();
    }

    private void sendAll() {
        String association = Tenant.current();
        Instant now = clock.instant();
        jdbc.query(
                        "SELECT dedupe_key, openid, reply, follow FROM wx_message WHERE association_id = ?"
                                + " AND state = 'waiting' AND received_at > ? ORDER BY received_at LIMIT " + AT_ONCE,
                        (row, number) ->
                                new Waiting(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        association,
                        Answers.utc(now.minus(TOO_LATE)))
                .forEach(waiting -> send(association, waiting));
    }

    private void send(String association, Waiting waiting) {
        if (!move(association, waiting.key(), "waiting", "sending")) {
            return;
        }
        List<String> parts =
                "all".equals(waiting.follow()) ? Parts.of(waiting.reply(), Parts.MOST) : Parts.rest(waiting.reply());
        boolean staff = waiting.key().startsWith(CpController.KEY);
        boolean begun = false;
        for (String part : parts) {
            Sent sent = staff
                    ? voice.tell(association, waiting.openid(), part)
                    : voice.say(association, waiting.openid(), part);
            if (!(sent instanceof Sent.Delivered)) {
                // Begun twice would say the first part twice.
                boolean again = sent instanceof Sent.Retry && !begun;
                move(association, waiting.key(), "sending", again ? "waiting" : "failed");
                LOG.warn("{}: answer to {} did not follow: {}", association, waiting.key(), sent);
                return;
            }
            begun = true;
        }
        move(association, waiting.key(), "sending", "sent");
    }

    private boolean move(String association, String key, String from, String to) {
        return jdbc.update(
                        "UPDATE wx_message SET state = ? WHERE association_id = ? AND dedupe_key = ? AND state = ?",
                        to,
                        association,
                        key,
                        from)
                == 1;
    }

    private void purge() {
        String association = Tenant.current();
        Instant old = clock.instant().minus(KEPT);
        for (String state : List.of("answered", "waiting", "sending", "sent", "failed")) {
            jdbc.update(
                    "DELETE FROM wx_message WHERE association_id = ? AND state = ? AND received_at < ? LIMIT 5000",
                    association,
                    state,
                    Answers.utc(old));
        }
        jdbc.update("DELETE FROM wx_scene WHERE association_id = ? AND expires_at < ?", association, Answers.utc(old));
    }
}
