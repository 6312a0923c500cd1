package io.homeroom.sandbox.wire;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** How the sandbox calls the application: as WeChat would, over HTTP. */
@FunctionalInterface
public interface Outbound {

    /** Status and body of an answer. */
    record Reply(int status, String body) {}

    /**
     * Posts and waits.
     *
     * @throws IOException if there was no whole answer within the time
     */
    Reply post(URI address, Map<String, String> headers, byte[] body, Duration patience) throws IOException;
}
