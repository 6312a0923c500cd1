package io.homeroom.sandbox.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Message encryption of the official account ("安全模式") and of WeCom callbacks: AES-256-CBC, the key is the base64
 * decoded EncodingAESKey, the IV its first 16 bytes; the plain text is 16 random bytes, the length of the message in
 * four bytes, the message, and the id of the receiver (appid or corpid), padded to blocks of 32 bytes.
 */
public final class CallbackCipher {

    private static final int BLOCK = 32;
    private static final int HEAD = 20;

    private final byte[] key;
    private final String receiver;

    /**
     * @param encodingAesKey 43 characters of base64 without its padding
     * @param receiver appid or corpid, appended to every message
     */
    public CallbackCipher(String encodingAesKey, String receiver) {
        this.key = Base64.getDecoder().decode(encodingAesKey + "=");
        if (key.length != 32) {
            throw new IllegalArgumentException("EncodingAESKey must decode to 32 bytes");
        }
        this.receiver = receiver;
    }

    /** What came out of an envelope: the message and the id it was meant for. */
    public record Opened(String message, String receiver) {}

    /** Encrypts a message; the result differs each time and is base64. */
    public String encrypt(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] id = receiver.getBytes(StandardCharsets.UTF_8);
        int length = HEAD + text.length + id.length;
        int padding = BLOCK - length % BLOCK;
        ByteBuffer plain = ByteBuffer.allocate(length + padding);
        plain.put(Randoms.bytes(16)).putInt(text.length).put(text).put(id);
        Arrays.fill(plain.array(), length, length + padding, (byte) padding);
        try {
            return Base64.getEncoder()
                    .encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(plain.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts.
     *
     * @throws GeneralSecurityException for anything that was not made with this key
     */
    public Opened decrypt(String encrypted) throws GeneralSecurityException {
        try {
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getDecoder().decode(encrypted));
            int padding = plain.length == 0 ? 0 : plain[plain.length - 1];
            if (padding < 1 || padding > BLOCK || plain.length < HEAD + padding) {
                throw new GeneralSecurityException("padding");
            }
            int end = plain.length - padding;
            int length = ByteBuffer.wrap(plain, 16, 4).getInt();
            if (length < 0 || length > end - HEAD) {
                throw new GeneralSecurityException("length");
            }
            return new Opened(
                    new String(plain, HEAD, length, StandardCharsets.UTF_8),
                    new String(plain, HEAD + length, end - HEAD - length, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
        return cipher;
    }
}
