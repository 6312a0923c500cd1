package io.homeroom.sandbox.gate;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** One of the servers that the sandbox plays. */
public interface WireServer {

    /** Its name in a {@link Fault} and its path below {@code /sandbox}: {@code weixin}, {@code wecom} or {@code pay}. */
    String name();

    /** Whether it answers for that host, without port, when a request names it as its target. */
    boolean hosts(String host);

    /** Answers, never throws for what a client did. */
    WireAnswer answer(WireRequest request);

    /** Whose request this is, as far as it tells; null where it does not. */
    @Nullable
    SandboxAccount account(WireRequest request);

    /** The error that this server gives with that code, for a fault that was asked for. */
    WireAnswer error(WireRequest request, String code);
}
