package io.homeroom.wechat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Access tokens and tickets in a table, so that all nodes use the same and a restart asks for none. Encrypted with a
 * key drawn from the data key; what cannot be decrypted counts as missing, and is fetched again.
 */
@Component
class Vault {

    /**
     * A credential.
     *
     * @param expiresAt on the wire's clock, some minutes before WeChat's own
     */
    record Secret(String text, Instant expiresAt) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final SecretKeySpec key;

    Vault(JdbcTemplate jdbc, @Qualifier("wireClock") Clock clock, @Value("${homeroom.data-key:}") String dataKey) {
        this.jdbc = jdbc;
        this.clock = clock;
        byte[] material = dataKey.getBytes(StandardCharsets.UTF_8);
        if (material.length == 0) {
            material = new byte[32];
            RANDOM.nextBytes(material);
        }
        this.key = new SecretKeySpec(draw(material), "AES");
    }

    private static byte[] draw(byte[] material) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(material, "HmacSHA256"));
            return mac.doFinal("wechat tokens".getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** A stored credential that is still good. */
    Optional<Secret> get(String association, String kind) {
        List<Secret> found = jdbc.query(
                "SELECT secret, expires_at FROM wx_token WHERE association_id = ? AND kind = ? AND expires_at > ?",
                (row, number) -> new Secret(
                        open(association + "/" + kind, row.getString(1)),
                        row.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC)),
                association,
                kind,
                Answers.utc(clock.instant()));
        return found.stream().filter(secret -> !secret.text().isEmpty()).findFirst();
    }

    void put(String association, String kind, Secret secret) {
        String closed = close(association + "/" + kind, secret.text());
        jdbc.update(
                "INSERT INTO wx_token (association_id, kind, secret, expires_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE secret = VALUES(secret), expires_at = VALUES(expires_at)",
                association,
                kind,
                closed,
                Answers.utc(secret.expiresAt()));
    }

    void drop(String association, String kind) {
        jdbc.update("DELETE FROM wx_token WHERE association_id = ? AND kind = ?", association, kind);
    }

    private String close(String place, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String open(String place, String closed) {
        try {
            byte[] bytes = Base64.getDecoder().decode(closed);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), place)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "";
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
