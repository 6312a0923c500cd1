package io.homeroom.wechat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signatures and encryption of WeChat Pay v3 for one merchant, in public-key mode. */
final class PaySeal {

    /** Something encrypted that is not, or not with our key. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("not decryptable", null, false, false);
        }
    }

    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String mchId;
    private final String serial;
    private final PrivateKey ours;
    private final String publicKeyId;
    private final PublicKey theirs;
    private final byte[] apiV3Key;
    private final Clock clock;

    PaySeal(
            String mchId,
            String serial,
            PrivateKey ours,
            String publicKeyId,
            PublicKey theirs,
            String apiV3Key,
            Clock clock) {
        this.mchId = mchId;
        this.serial = serial;
        this.ours = ours;
        this.publicKeyId = publicKeyId;
        this.theirs = theirs;
        this.apiV3Key = apiV3Key.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** Id of the key with which WeChat Pay is to sign. */
    String publicKeyId() {
        return publicKeyId;
    }

    /**
     * The header {@code Authorization} of a request.
     *
     * @param target path and query as WeChat Pay sees them
     */
    String authorization(String method, String target, String body) {
        String time = Long.toString(clock.instant().getEpochSecond());
        String nonce = nonce();
        String signature = sign(method + "\n" + target + "\n" + time + "\n" + nonce + "\n" + body + "\n");
        return SCHEME + " mchid=\"" + mchId + "\",nonce_str=\"" + nonce + "\",timestamp=\"" + time + "\",serial_no=\""
                + serial + "\",signature=\"" + signature + "\"";
    }

    /** Base64 of our signature. */
    String sign(String message) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(ours);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether these bytes were signed by WeChat Pay, with the key that we know, in the last or next five minutes. */
    boolean signed(
            @Nullable String serialNumber,
            @Nullable String time,
            @Nullable String nonce,
            @Nullable String signature,
            byte[] body) {
        return serialNumber != null
                && time != null
                && nonce != null
                && signature != null
                && serialNumber.equals(publicKeyId)
                && Knock.fresh(time, clock)
                && verify(time, nonce, signature, body);
    }

    private boolean verify(String time, String nonce, String given, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(theirs);
            signature.update((time + "\n" + nonce + "\n").getBytes(StandardCharsets.UTF_8));
            signature.update(body);
            signature.update((byte) '\n');
            return signature.verify(Base64.getDecoder().decode(given));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Decrypts the resource of a notification.
     *
     * @throws Unreadable if it was not encrypted with our key
     */
    byte[] open(String ciphertext, String nonce, String associated) throws Unreadable {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(apiV3Key, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(Base64.getDecoder().decode(ciphertext));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unreadable();
        }
    }

    /** Seconds since 1970, as WeChat Pay counts. */
    long now() {
        return clock.instant().getEpochSecond();
    }

    static String nonce() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().withUpperCase().formatHex(random);
    }

    /**
     * Reads a PKCS#8 key.
     *
     * @throws IllegalStateException if it is none
     */
    static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The merchant's private key is no PKCS#8 PEM", e);
        }
    }

    /**
     * Reads a public key.
     *
     * @throws IllegalStateException if it is none
     */
    static PublicKey publicKey(String pem) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("WeChat Pay's public key is no PEM", e);
        }
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
