package io.homeroom.wechat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request at one of the doors for WeChat's servers, before anything in it is believed. The query is read from the
 * address alone: asking the container for parameters would swallow a body that calls itself a form.
 */
record Knock(Map<String, String> query, byte[] body) {

    /** A request that is sent away with a status and nothing else. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status, String why) {
            super(why, null, false, false);
            this.status = status;
        }

        /** The way to send away who sealed it badly: 403 if it is for somebody else, 400 if it is no seal at all. */
        static Refused of(Seal.Broken broken) {
            return broken.foreign() ? new Refused(403, "for another receiver") : new Refused(400, "not decryptable");
        }

        int status() {
            return status;
        }
    }

    /** Longest body that is read: 256 KiB. */
    static final int LONGEST = 256 * 1024;

    /** How far a time stamp may be off, either way. */
    private static final long WINDOW_SECONDS = 300;

    /**
     * Reads a request.
     *
     * @throws Refused 413 if it is too long
     */
    static Knock of(HttpServletRequest request) throws IOException, Refused {
        if (request.getContentLengthLong() > LONGEST) {
            throw new Refused(413, "too long");
        }
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new Refused(413, "too long");
        }
        return new Knock(query(request.getQueryString()), body);
    }

    private static Map<String, String> query(@Nullable String query) throws Refused {
        Map<String, String> found = new HashMap<>();
        if (query == null) {
            return found;
        }
        for (String pair : query.split("&")) {
            int mark = pair.indexOf('=');
            if (mark > 0) {
                found.putIfAbsent(decode(pair.substring(0, mark)), decode(pair.substring(mark + 1)));
            }
        }
        return found;
    }

    private static String decode(String text) throws Refused {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "query");
        }
    }

    /**
     * A parameter without which the request counts as unsigned.
     *
     * @throws Refused 403 if it is missing
     */
    String sealed(String name) throws Refused {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refused(403, "no " + name);
        }
        return value;
    }

    /**
     * Checks the age and the signature over token, time stamp, nonce and what else belongs to it.
     *
     * @throws Refused 403 if it is forged, stale or unsigned
     */
    void check(Seal seal, String signature, Clock clock, String... more) throws Refused {
        String time = sealed("timestamp");
        String nonce = sealed("nonce");
        String[] parts = new String[more.length + 2];
        parts[0] = time;
        parts[1] = nonce;
        System.arraycopy(more, 0, parts, 2, more.length);
        if (!seal.signed(sealed(signature), parts)) {
            throw new Refused(403, "forged");
        }
        if (!fresh(time, clock)) {
            throw new Refused(403, "stale");
        }
    }

    /** Whether a time stamp in seconds is within five minutes of now. */
    static boolean fresh(String epochSecond, Clock clock) {
        try {
            return Math.abs(Math.subtractExact(clock.instant().getEpochSecond(), Long.parseLong(epochSecond)))
                    <= WINDOW_SECONDS;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }
}
