package io.homeroom.sandbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one of WeChat's servers answers.
 *
 * @param status HTTP status
 * @param headers sent as they are
 * @param body exact bytes
 * @param cut true if the connection is cut instead of sending this
 */
public record WireAnswer(int status, Map<String, String> headers, byte[] body, boolean cut) {

    private static final String JSON = "application/json; charset=UTF-8";

    /** Copies the bytes, since signatures count on them. */
    public WireAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /** A JSON answer. */
    public static WireAnswer json(int status, JsonNode body) {
        return new WireAnswer(status, Map.of("Content-Type", JSON), Json.bytes(body), false);
    }

    /** A plain text answer. */
    public static WireAnswer text(int status, String type, String body) {
        return new WireAnswer(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8), false);
    }

    /** A redirect of the browser. */
    public static WireAnswer redirect(String location) {
        return new WireAnswer(302, Map.of("Location", location), new byte[0], false);
    }

    /** No answer: the connection ends. */
    public static WireAnswer lost() {
        return new WireAnswer(200, Map.of("Content-Type", JSON), new byte[0], true);
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireAnswer that
                && status == that.status
                && cut == that.cut
                && headers.equals(that.headers)
                && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body) + status;
    }

    @Override
    public String toString() {
        return cut ? "cut" : status + " " + text();
    }
}
