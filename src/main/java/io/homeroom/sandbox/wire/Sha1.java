package io.homeroom.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-1 signatures of WeChat's callbacks and of the JS-SDK, lower-case hex. */
public final class Sha1 {

    private Sha1() {}

    /** Digest of the UTF-8 bytes. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Digest of bytes; the hash a trade bill is delivered with. */
    public static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The callback signature: the parts sorted as strings, joined without a separator. Three parts (token, timestamp,
     * nonce) give {@code signature}, the cipher text as fourth gives {@code msg_signature}.
     */
    public static String ofSorted(String... parts) {
        String[] sorted = parts.clone();
        Arrays.sort(sorted);
        return hex(String.join("", sorted));
    }

    /** The signature of {@code wx.config}; the part of the url from {@code #} on does not count. */
    public static String jsapi(String ticket, String nonce, String timestamp, String url) {
        int fragment = url.indexOf('#');
        String page = fragment < 0 ? url : url.substring(0, fragment);
        return hex("jsapi_ticket=" + ticket + "&noncestr=" + nonce + "&timestamp=" + timestamp + "&url=" + page);
    }
}
