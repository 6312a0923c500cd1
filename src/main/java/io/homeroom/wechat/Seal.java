package io.homeroom.wechat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signature and encryption of one account's callbacks, the same for official accounts and WeCom. WxJava's class is not
 * used: it compares signatures in variable time and drops the receiver's id inside the message instead of checking it.
 */
final class Seal {

    /** A message that was encrypted for somebody else, or for nobody. */
    static final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        /** Whether the message is sound but meant for another appid or corpid. */
        private final boolean foreign;

        Broken(String message, boolean foreign) {
            super(message, null, false, false);
            this.foreign = foreign;
        }

        boolean foreign() {
            return foreign;
        }
    }

    /** Blocks of this protocol's PKCS#7 padding, twice those of AES. */
    private static final int BLOCK = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String token;
    private final byte[] receiver;
    private final @Nullable SecretKeySpec key;
    private final @Nullable IvParameterSpec iv;

    /**
     * For one account.
     *
     * @param token signs, with time and nonce
     * @param encodingAesKey 43 characters; null or blank for plain mode
     * @param receiver appid or corpid that must be inside each encrypted message
     * @throws IllegalArgumentException if the key is not one
     */
    Seal(String token, @Nullable String encodingAesKey, String receiver) {
        this.token = token;
        this.receiver = receiver.getBytes(StandardCharsets.UTF_8);
        if (encodingAesKey == null || encodingAesKey.isBlank()) {
            key = null;
            iv = null;
        } else {
            byte[] raw = Base64.getDecoder().decode(encodingAesKey.strip() + "=");
            if (raw.length != 32) {
                throw new IllegalArgumentException("An EncodingAESKey has 43 characters");
            }
            key = new SecretKeySpec(raw, "AES");
            iv = new IvParameterSpec(raw, 0, 16);
        }
    }

    boolean encrypts() {
        return key != null;
    }

    /** Whether the signature over token and parts is right; takes the same time for every wrong one. */
    boolean signed(@Nullable String signature, String... parts) {
        if (signature == null || token.isEmpty()) {
            return false;
        }
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sign(parts).getBytes(StandardCharsets.UTF_8), given);
    }

    /** {@code hex(sha1(concat(sort(token, parts…))))}. */
    String sign(String... parts) {
        String[] all = Arrays.copyOf(parts, parts.length + 1);
        all[parts.length] = token;
        Arrays.sort(all);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            for (String part : all) {
                sha1.update(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts.
     *
     * @param encrypted Base64
     * @return what was inside, without padding and receiver
     * @throws Broken if it is not soundly encrypted, or for another receiver
     */
    byte[] open(String encrypted) throws Broken {
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE).doFinal(Base64.getMimeDecoder().decode(encrypted));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Broken("not decryptable", false);
        }
        int padding = plain.length == 0 ? 0 : plain[plain.length - 1] & 0xff;
        if (padding < 1 || padding > BLOCK || padding > plain.length) {
            throw new Broken("padding", false);
        }
        int end = plain.length - padding;
        int length = end < 20 ? -1 : ByteBuffer.wrap(plain, 16, 4).getInt();
        if (length < 0 || length > end - 20) {
            throw new Broken("length", false);
        }
        if (!MessageDigest.isEqual(receiver, Arrays.copyOfRange(plain, 20 + length, end))) {
            throw new Broken("for another receiver", true);
        }
        return Arrays.copyOfRange(plain, 20, 20 + length);
    }

    /** Encrypts for this account; Base64. */
    String close(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        int length = 20 + content.length + receiver.length;
        int padding = BLOCK - length % BLOCK;
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        ByteBuffer plain = ByteBuffer.allocate(length + padding)
                .put(random)
                .putInt(content.length)
                .put(content)
                .put(receiver);
        while (plain.hasRemaining()) {
            plain.put((byte) padding);
        }
        try {
            return Base64.getEncoder()
                    .encodeToString(cipher(Cipher.ENCRYPT_MODE).doFinal(plain.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A passive reply, encrypted and signed, as the answer to a callback. */
    String envelope(String xml, long epochSecond) {
        String encrypted = close(xml);
        String time = Long.toString(epochSecond);
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        return "<xml><Encrypt><![CDATA[" + encrypted + "]]></Encrypt><MsgSignature><![CDATA["
                + sign(time, nonce, encrypted) + "]]></MsgSignature><TimeStamp>" + time
                + "</TimeStamp><Nonce><![CDATA[" + nonce + "]]></Nonce></xml>";
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        if (key == null) {
            throw new IllegalStateException("This account is in plain mode");
        }
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, key, iv);
        return cipher;
    }
}
