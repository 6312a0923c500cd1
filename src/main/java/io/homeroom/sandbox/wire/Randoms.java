package io.homeroom.sandbox.wire;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random strings in the alphabets that WeChat uses for its ids, tokens and nonces. */
public final class Randoms {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private Randoms() {}

    /** Random bytes. */
    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Letters and digits, as in nonces. */
    public static String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Digits, the first of them not zero. */
    public static String digits(int length) {
        StringBuilder text = new StringBuilder(length);
        text.append((char) ('1' + RANDOM.nextInt(9)));
        while (text.length() < length) {
            text.append((char) ('0' + RANDOM.nextInt(10)));
        }
        return text.toString();
    }

    /** Url-safe base64 without padding, as in tokens. */
    public static String token(int length) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes(length))
                .substring(0, length);
    }

    /** The {@code rid} that the official account's API puts behind each error message. */
    public static String rid() {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(bytes(4)) + "-" + hex.formatHex(bytes(4)) + "-" + hex.formatHex(bytes(4));
    }
}
