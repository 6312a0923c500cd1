package io.homeroom.sandbox.login;

import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Randoms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;

/** Codes of the OAuth page ("网页授权"): each is good once, for five minutes, for the appid it was made for. */
@SandboxPart
public class OAuthCodes {

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int KEPT = 10_000;

    /** What became of a code. */
    public enum Fate {
        GOOD,
        INVALID,
        USED
    }

    /**
     * The outcome of redeeming.
     *
     * @param fate whether it was good
     * @param subject openid or userid, empty unless it was
     * @param scope {@code snsapi_base} or {@code snsapi_userinfo}, empty unless it was
     */
    public record Redeemed(Fate fate, String subject, String scope) {}

    private record Code(String client, String subject, String scope, Instant until, boolean used) {}

    private final Clock clock;
    private final Map<String, Code> codes = new LinkedHashMap<>();

    public OAuthCodes(@Qualifier("wireClock") Clock clock) {
        this.clock = clock;
    }

    /** A new code for this appid or corpid. */
    public synchronized String issue(String client, String subject, String scope) {
        String code = "0" + Randoms.letters(31);
        codes.put(code, new Code(client, subject, scope, clock.instant().plus(LIFE), false));
        if (codes.size() > KEPT) {
            codes.remove(codes.keySet().iterator().next());
        }
        return code;
    }

    /** Redeems a code, once. */
    public synchronized Redeemed redeem(String client, String code) {
        Code found = codes.get(code);
        if (found == null || !found.client().equals(client) || !clock.instant().isBefore(found.until())) {
            return new Redeemed(Fate.INVALID, "", "");
        }
        if (found.used()) {
            return new Redeemed(Fate.USED, "", "");
        }
        codes.put(code, new Code(client, found.subject(), found.scope(), found.until(), true));
        return new Redeemed(Fate.GOOD, found.subject(), found.scope());
    }
}
