package io.homeroom.ground;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps personal data unreadable at rest: AES-256-GCM with a random nonce for each value. What is sealed begins with the
 * name of its key, so that keys can be changed: the first key seals, all of them open. For looking a value up without
 * opening every row there is {@link #index}, a keyed fingerprint.
 */
public final class Lockbox {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private record Keys(String name, SecretKeySpec seal, SecretKeySpec index) {}

    private final Map<String, Keys> keys = new LinkedHashMap<>();
    private final Keys first;

    /**
     * A box for the given keys.
     *
     * @param base64 keys of 32 bytes each, the one in use first
     * @throws IllegalArgumentException if there is none or one has another length
     */
    public Lockbox(List<String> base64) {
        if (base64.isEmpty()) {
            throw new IllegalArgumentException("A lockbox needs a key");
        }
        for (String text : base64) {
            Keys made = keys(Base64.getDecoder().decode(text.trim()));
            keys.put(made.name(), made);
        }
        first = keys.values().iterator().next();
    }

    /** A fresh key, as the constructor reads it. */
    public static String freshKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static Keys keys(byte[] secret) {
        if (secret.length != KEY_BYTES) {
            throw new IllegalArgumentException("A data key has 32 bytes, this one " + secret.length);
        }
        byte[] indexKey = hmac(new SecretKeySpec(secret, "HmacSHA256"), "index");
        return new Keys(
                fingerprint(secret), new SecretKeySpec(secret, "AES"), new SecretKeySpec(indexKey, "HmacSHA256"));
    }

    private static String fingerprint(byte[] secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret);
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Seals a text; the same text gives another result each time. */
    public String seal(String clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = aes(Cipher.ENCRYPT_MODE, first, nonce, clear.getBytes(StandardCharsets.UTF_8));
        byte[] whole = new byte[NONCE_BYTES + sealed.length];
        System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return first.name() + ":" + Base64.getEncoder().encodeToString(whole);
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws IllegalStateException if its key is not here or it was tampered with
     */
    public String open(String sealed) {
        int colon = sealed.indexOf(':');
        Keys key = colon < 0 ? null : keys.get(sealed.substring(0, colon));
        if (key == null) {
            throw new IllegalStateException("Sealed with a key that is not configured");
        }
        byte[] whole = Base64.getDecoder().decode(sealed.substring(colon + 1));
        byte[] nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
        byte[] rest = java.util.Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        return new String(aes(Cipher.DECRYPT_MODE, key, nonce, rest), StandardCharsets.UTF_8);
    }

    /** Seals bytes, such as a picture: the name of the key, the nonce and what is hidden, in one piece. */
    public byte[] seal(byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] name = first.name().getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = aes(Cipher.ENCRYPT_MODE, first, nonce, clear);
        byte[] whole = java.util.Arrays.copyOf(name, name.length + NONCE_BYTES + sealed.length);
        System.arraycopy(nonce, 0, whole, name.length, NONCE_BYTES);
        System.arraycopy(sealed, 0, whole, name.length + NONCE_BYTES, sealed.length);
        return whole;
    }

    /**
     * Opens what {@link #seal(byte[])} made.
     *
     * @throws IllegalStateException if its key is not here or it was tampered with
     */
    public byte[] open(byte[] sealed) {
        int named = first.name().length();
        Keys key = sealed.length < named + NONCE_BYTES
                ? null
                : keys.get(new String(sealed, 0, named, StandardCharsets.US_ASCII));
        if (key == null) {
            throw new IllegalStateException("Sealed with a key that is not configured");
        }
        byte[] nonce = java.util.Arrays.copyOfRange(sealed, named, named + NONCE_BYTES);
        return aes(
                Cipher.DECRYPT_MODE,
                key,
                nonce,
                java.util.Arrays.copyOfRange(sealed, named + NONCE_BYTES, sealed.length));
    }

    /** Fingerprint of a value under the key in use; equal values have equal ones, and it cannot be tried out without the key. */
    public String index(String clear) {
        return HexFormat.of().formatHex(hmac(first.index(), clear));
    }

    /** Fingerprints under all keys, for finding rows written before a change of keys. */
    public List<String> indexes(String clear) {
        return keys.values().stream()
                .map(key -> HexFormat.of().formatHex(hmac(key.index(), clear)))
                .toList();
    }

    private static byte[] aes(int mode, Keys key, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.seal(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(key.name().getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Sealed data cannot be " + (mode == Cipher.ENCRYPT_MODE ? "made" : "opened"), e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
