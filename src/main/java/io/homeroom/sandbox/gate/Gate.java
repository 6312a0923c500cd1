package io.homeroom.sandbox.gate;

import io.homeroom.sandbox.SandboxAccount;
import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The entrance to WeChat's servers: takes everything below {@code /sandbox/weixin}, {@code /sandbox/wecom} and {@code
 * /sandbox/pay}, and whatever names one of WeChat's own hosts (a request that came through this server as a proxy, with
 * an absolute target). It stands before all other filters and hands over the bytes as they came, because signatures
 * count them; faults that were asked for strike here.
 */
@SandboxPart
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Gate extends OncePerRequestFilter {

    /** Longest request body that is read: more than WeChat takes for anything but media. */
    private static final int LONGEST = 24 * 1024 * 1024;

    private final List<WireServer> servers;
    private final Faults faults;

    public Gate(List<WireServer> servers, Faults faults) {
        this.servers = List.copyOf(servers);
        this.faults = faults;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        String name = host.replaceAll(":\\d+$", "");
        for (WireServer server : servers) {
            String prefix = "/sandbox/" + server.name();
            if (path.startsWith(prefix + "/")) {
                send(through(server, read(request, path.substring(prefix.length()), host, prefix)), response);
                return;
            }
            if (server.hosts(name)) {
                send(through(server, read(request, path, host, "")), response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Answers one request, with the fault that was asked for. */
    public WireAnswer through(WireServer server, WireRequest request) {
        SandboxAccount account = server.account(request);
        Optional<Fault> struck = faults.call(server.name(), account == null ? "" : account.code(), request.path());
        if (struck.isEmpty()) {
            return server.answer(request);
        }
        Fault fault = struck.get();
        return switch (fault.kind()) {
            case DELAY -> {
                pause(Long.parseLong(fault.value()));
                yield server.answer(request);
            }
            case LOSE_REQUEST -> WireAnswer.lost();
            case LOSE_ANSWER -> {
                server.answer(request);
                yield WireAnswer.lost();
            }
            case ERROR -> server.error(request, fault.value());
            default ->
                WireAnswer.text(
                        Integer.parseInt(fault.value()),
                        "text/html",
                        "<html><body><h1>" + fault.value() + "</h1></body></html>");
        };
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WireRequest read(HttpServletRequest request, String path, String host, String prefix)
            throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String header : Collections.list(request.getHeaderNames())) {
            headers.put(header, request.getHeader(header));
        }
        @Nullable String query = request.getQueryString();
        return new WireRequest(
                request.getMethod(),
                path,
                query == null ? "" : query,
                headers,
                request.getInputStream().readNBytes(LONGEST),
                request.getScheme() + "://" + host + prefix);
    }

    private static void send(WireAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.cut()) {
            // Promising bytes that never come, then leaving: the caller sees a broken answer.
            response.setContentLength(64);
            response.flushBuffer();
            throw new CloseNowException("a fault was asked for");
        }
        byte[] body = answer.body();
        if (answer.status() != 204) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
