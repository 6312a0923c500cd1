package io.homeroom.wechat;

import io.homeroom.ground.Ids;
import io.homeroom.ground.Parts;
import io.homeroom.ground.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers each message once. The first to come writes its row, handles the message and stores the answer in one
 * transaction; a repetition, on whatever node, waits at that row's key and gets the stored answer. A node that dies in
 * between leaves nothing behind, so the repetition is the first again; the same after a handler that failed.
 *
 * <p>WeChat waits five seconds. An answer that takes longer is sent afterwards as a customer-service message, and the
 * connection is closed with an empty answer, which stops the repetitions.
 */
@Component
class Answers {

    /** After a handler has won the race against the clock only its commit is missing. */
    private static final Duration COMMIT = Duration.ofMillis(500);

    private static final int ATTEMPTS = 3;

    static final String SORRY = "刚才没能办成，请稍后再发一次；着急的话回复「人工」，班主任会看到。";

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** A race between the handler and the end of WeChat's patience. */
    private enum Race {
        OPEN,
        IN_TIME,
        LATE
    }

    /**
     * A message to answer.
     *
     * @param association code
     * @param key what makes it the same message
     * @param openid of the sender; a WeCom user id for staff
     * @param window how long customer-service messages may follow it; zero for none
     */
    record Message(String association, String key, String openid, Duration window) {}

    /**
     * A reply to a message.
     *
     * @param text the whole of it; empty for none
     * @param kept whether the handler can say it again, so that it need not be stored with the message
     */
    record Said(String text, boolean kept) {}

    /** Handles messages inside their association's tenant and a transaction. */
    interface Handler {

        /** @param number of the message, greater than those of earlier ones */
        Said handle(long number);

        /** What was said to the message of a number and {@link Said#kept}. */
        default Optional<String> again(long number) {
            return Optional.empty();
        }
    }

    /** The answer was stored before. */
    private static final class Known extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Known() {
            super(null, null, false, false);
        }
    }

    /** This server cannot work at the moment; whoever asked should come again. */
    static final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unavailable(Throwable cause) {
            super(cause);
        }
    }

    private record Stored(@Nullable String reply, String follow, long number) {}

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Executor workers;
    private final Followers followers;
    private final Clock clock;
    private final Duration patience;

    Answers(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            @Qualifier("wechatWorkers") Executor workers,
            Followers followers,
            @Qualifier("wireClock") Clock clock,
            WechatSettings settings) {
        this.patience = settings.wechat().patience();
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.workers = workers;
        this.followers = followers;
        this.clock = clock;
    }

    /**
     * Handles a message or finds the answer to it.
     *
     * @param handler works inside the association's tenant and a transaction, and returns the whole reply, which is
     *     stored with the message
     * @return what fits into a passive reply; empty if there is nothing to say now
     * @throws Unavailable if the database is out of reach
     */
    String answer(Message message, Supplier<String> handler) {
        return answer(message, (long number) -> new Said(handler.get(), false));
    }

    /** The same with a handler that may keep its replies. */
    String answer(Message message, Handler handler) {
        AtomicReference<Race> race = new AtomicReference<>(Race.OPEN);
        CompletableFuture<String> work;
        try {
            work = CompletableFuture.supplyAsync(
                    () -> Tenant.in(message.association(), () -> handle(message, handler, race)), workers);
        } catch (RejectedExecutionException e) {
            throw new Unavailable(e);
        }
        try {
            return work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return race.compareAndSet(Race.OPEN, Race.LATE) ? "" : committed(work);
        } catch (ExecutionException e) {
            return failed(message, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        }
    }

    private static String committed(CompletableFuture<String> work) {
        try {
            return work.get(COMMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CompletionException e) {
            throw new Unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        }
    }

    /** What the sender did must not show as an error of the account; a repetition is handled anew. */
    private static String failed(Message message, Throwable why) {
        if (why instanceof CannotCreateTransactionException || why instanceof CannotGetJdbcConnectionException) {
            throw new Unavailable(why);
        }
        LOG.error("{}: message {} could not be handled", message.association(), message.key(), why);
        return SORRY;
    }

    private String handle(Message message, Handler handler, AtomicReference<Race> race) {
        for (int attempt = 1; ; attempt++) {
            try {
                String reply = first(message, handler, race);
                if (race.get() == Race.LATE || Parts.fits(reply)) {
                    if (race.get() == Race.LATE) {
                        followers.hurry(message.association());
                    }
                    return reply;
                }
                followers.hurry(message.association());
                return Parts.first(reply);
            } catch (Known e) {
                Optional<String> known = known(message, handler);
                if (known.isPresent()) {
                    return known.get();
                }
            } catch (RuntimeException e) {
                // Locks: of the same message on another node, or of the member on which both worked.
                if (attempt >= ATTEMPTS || !passing(e)) {
                    throw e;
                }
                race.compareAndSet(Race.IN_TIME, Race.OPEN);
            }
        }
    }

    private static boolean passing(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransientDataAccessException || cause instanceof SQLTransientException) {
                return true;
            }
        }
        return false;
    }

    private String first(Message message, Handler handler, AtomicReference<Race> race) {
        String done = transaction.execute(status -> {
            long number = Ids.next();
            reserve(message, number);
            Said said = handler.handle(number);
            String reply = said.text();
            boolean late = !race.compareAndSet(Race.OPEN, Race.IN_TIME);
            String follow = reply.isEmpty() ? "" : late ? "all" : Parts.fits(reply) ? "" : "rest";
            if (said.kept() && follow.isEmpty()) {
                return reply;
            }
            jdbc.update(
                    "UPDATE wx_message SET reply = ?, follow = ?, state = ? WHERE association_id = ? AND dedupe_key ="
                            + " ?",
                    reply,
                    follow,
                    follow.isEmpty() ? "answered" : "waiting",
                    message.association(),
                    message.key());
            return reply;
        });
        return done == null ? "" : done;
    }

    private void reserve(Message message, long number) {
        Instant now = clock.instant();
        try {
            jdbc.update(
                    "INSERT INTO wx_message (association_id, dedupe_key, openid, received_at, window_until, state,"
                            + " follow, number) VALUES (?, ?, ?, ?, ?, 'answered', '', ?)",
                    message.association(),
                    message.key(),
                    message.openid(),
                    utc(now),
                    utc(now.plus(message.window())),
                    number);
        } catch (DuplicateKeyException e) {
            throw new Known();
        }
    }

    /** The stored answer, unless its transaction was rolled back meanwhile. */
    private Optional<String> known(Message message, Handler handler) {
        List<Stored> rows = jdbc.query(
                "SELECT reply, follow, number FROM wx_message WHERE association_id = ? AND dedupe_key = ?",
                (row, n) -> new Stored(row.getString(1), row.getString(2), row.getLong(3)),
                message.association(),
                message.key());
        return rows.stream()
                .findFirst()
                .map(stored -> "all".equals(stored.follow())
                        ? ""
                        : Parts.first(Optional.ofNullable(stored.reply())
                                .or(() -> handler.again(stored.number()))
                                .orElse("")));
    }

    /** A key of bounded length that tells messages apart. */
    static String key(String... parts) {
        String whole = String.join("|", parts);
        if (whole.length() <= 120) {
            return whole;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return parts[0] + "#" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An instant as the databases store it. */
    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
