package io.homeroom.till;

import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Tenant;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Addresses of the members' pages, for messages. A bill's address carries a token, so that it can be paid from a desk
 * where nobody is signed in to WeChat; the token opens that one bill, names nobody, and wears off.
 */
@Component
public class PayLinks {

    private static final Duration VALID = Duration.ofDays(60);
    private static final int SEAL_BYTES = 18;

    private final String base;
    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * @param base how members reach this server, without a slash at the end
     * @param lockbox draws the tokens' key from the data key, so that every node makes and opens the same
     * @param clock the wire's clock
     */
    public PayLinks(
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base,
            Lockbox lockbox,
            @Qualifier("wireClock") Clock clock) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.clock = clock;
        this.key = new SecretKeySpec(lockbox.index("bill links").getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    /** Address of a page of the current association: {@code page("payments")}; the home page for an empty path. */
    public String page(String path) {
        return base + "/m/" + Tenant.current() + "/" + path;
    }

    /** Address of a bill of the current association, payable by whoever holds it. */
    public String bill(long billId) {
        int expires = (int) (clock.instant().plus(VALID).getEpochSecond() / 3600);
        ByteBuffer token = ByteBuffer.allocate(4 + SEAL_BYTES).putInt(expires).put(seal(billId, expires));
        return page("bills/" + billId) + "?t="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Whether a token was made here for this bill of the current association and has not worn off. */
    public boolean opens(long billId, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (bytes.length != 4 + SEAL_BYTES) {
            return false;
        }
        int expires = ByteBuffer.wrap(bytes).getInt();
        byte[] seal = Arrays.copyOfRange(bytes, 4, bytes.length);
        return MessageDigest.isEqual(seal, seal(billId, expires))
                && clock.instant().getEpochSecond() / 3600 < expires;
    }

    private byte[] seal(long billId, int expires) {
        return Arrays.copyOf(hmac(key, Tenant.current() + "/" + billId + "/" + expires), SEAL_BYTES);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
