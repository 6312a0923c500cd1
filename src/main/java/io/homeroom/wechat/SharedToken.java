package io.homeroom.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One credential of one account: from memory for a moment, else from the table. */
final class SharedToken {

    /** How long another node's change may go unseen. */
    private static final Duration MEMORY = Duration.ofSeconds(20);

    /** Taken off WeChat's validity, so that a request under way does not outlive its token. */
    private static final Duration MARGIN = Duration.ofSeconds(200);

    private final Vault vault;
    private final String association;
    private final String kind;

    private Vault.@Nullable Secret seen;
    private Instant seenAt = Instant.EPOCH;

    SharedToken(Vault vault, String association, String kind) {
        this.vault = vault;
        this.association = association;
        this.kind = kind;
    }

    /** The credential if it is still good. */
    synchronized Optional<String> get() {
        Instant now = vault.now();
        if (seen == null
                || now.isAfter(seenAt.plus(MEMORY))
                || !seen.expiresAt().isAfter(now)) {
            seen = vault.get(association, kind).orElse(null);
            seenAt = now;
        }
        return Optional.ofNullable(seen).map(Vault.Secret::text);
    }

    synchronized void set(String text, int expiresInSeconds) {
        Duration valid = Duration.ofSeconds(expiresInSeconds);
        Instant now = vault.now();
        Vault.Secret secret = new Vault.Secret(
                text, now.plus(valid.compareTo(MARGIN.multipliedBy(2)) > 0 ? valid.minus(MARGIN) : valid.dividedBy(2)));
        vault.put(association, kind, secret);
        seen = secret;
        seenAt = now;
    }

    synchronized void drop() {
        vault.drop(association, kind);
        seen = null;
    }
}
