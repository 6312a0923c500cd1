package io.homeroom.sandbox.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as one of WeChat's servers sees it.
 *
 * @param method upper case
 * @param path as WeChat knows it, raw (not decoded), without the sandbox's prefix
 * @param query raw, empty if there is none
 * @param headers names in lower case
 * @param body exact bytes, since signatures count them
 * @param base scheme, host and prefix under which the client reached this server, no slash at the end
 */
public record WireRequest(
        String method, String path, String query, Map<String, String> headers, byte[] body, String base) {

    /** Header names in lower case, whatever the sender wrote. */
    public WireRequest {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
        body = body.clone();
    }

    /** A request without headers, as tests need it. */
    public static WireRequest of(String method, String target, String body) {
        int mark = target.indexOf('?');
        return new WireRequest(
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                "http://sandbox.invalid");
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Path and query, as they enter a signature. */
    public String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** A decoded query parameter, empty where it is missing. */
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    /** All query parameters, decoded; of several with one name the last. */
    public Map<String, String> parameters() {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int mark = pair.indexOf('=');
            if (mark > 0) {
                found.put(decode(pair.substring(0, mark)), decode(pair.substring(mark + 1)));
            }
        }
        return found;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireRequest that
                && method.equals(that.method)
                && target().equals(that.target())
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body)
                && base.equals(that.base);
    }

    @Override
    public int hashCode() {
        return target().hashCode();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
