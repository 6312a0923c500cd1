package io.homeroom.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.homeroom.sandbox.SandboxBench;
import io.homeroom.sandbox.gate.WireServer;
import io.homeroom.sandbox.wire.Json;
import io.homeroom.sandbox.wire.WireAnswer;
import io.homeroom.sandbox.wire.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's WeChat and WeCom behind a bad line: requests and answers get lost, gateways fail, limits are said to be
 * reached, tokens end before their time, a server is down. What strikes is drawn from a seed, or is asked for at the
 * sandbox's gate; who was asked what, and
 * when, is written down before anything strikes.
 */
final class Troubled {

    /** What a request asked for: which call, for whom, and when it came. */
    record Asked(String path, String address, Instant at) {}

    private static final String TEMPLATE = "/cgi-bin/message/template/send";
    private static final String APP = "/cgi-bin/message/send";
    private static final String ROBOT = "/cgi-bin/webhook/send";
    private static final List<String> SENDING = List.of(TEMPLATE, "/cgi-bin/message/custom/send", APP, ROBOT);

    /** Longer than anybody waits for an answer. */
    private static final Duration TOO_LONG = Duration.ofMillis(5_300);

    static {
        // Else each answer waits forty milliseconds between its head and its body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SandboxBench wechat;
    private final Map<String, WireServer> servers;
    private final Map<String, HttpServer> lines = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Integer> struck = new HashMap<>();
    private Random chance = new Random(0);
    private int realTimeOuts;
    private boolean troubled;

    Troubled(SandboxBench wechat) {
        this.wechat = wechat;
        this.servers = Map.of("mp", wechat.weixin, "cp", wechat.wecom);
        servers.keySet().forEach(this::up);
    }

    String address(String server) {
        return "http://127.0.0.1:" + ports.get(server) + "/" + server;
    }

    /** From now on things go wrong; so many time-outs are waited for in earnest, the others pass on the clock alone. */
    void begin(long seed, int inEarnest) {
        chance = new Random(seed);
        realTimeOuts = inEarnest;
        troubled = true;
    }

    /** Nothing goes wrong any more. */
    void end() {
        troubled = false;
    }

    /** How often each fault has struck. */
    Map<String, Integer> struck() {
        return struck;
    }

    int requests() {
        return asked.size();
    }

    /** How often that was asked for. */
    long requests(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).count();
    }

    /** Nobody listens any more. */
    void down(String server) {
        lines.remove(server).stop(0);
    }

    /** Somebody listens, where it did before. */
    void up(String server) {
        if (lines.containsKey(server)) {
            return;
        }
        try {
            HttpServer line = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(server, 0)), 0);
            line.createContext("/" + server + "/", exchange -> answer(server, exchange));
            line.setExecutor(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "troubled-" + server);
                thread.setDaemon(true);
                return thread;
            }));
            line.start();
            ports.put(server, line.getAddress().getPort());
            lines.put(server, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most requests of a kind that came for one address in any such time. */
    int most(String path, Duration within) {
        Map<String, Deque<Instant>> recent = new HashMap<>();
        int most = 0;
        for (Asked one : asked) {
            if (one.path().equals(path)) {
                Deque<Instant> times = recent.computeIfAbsent(one.address(), address -> new ArrayDeque<>());
                times.removeIf(time -> !time.isAfter(one.at().minus(within)));
                times.addLast(one.at());
                most = Math.max(most, times.size());
            }
        }
        return most;
    }

    private synchronized void answer(String name, HttpExchange exchange) throws IOException {
        WireServer server = servers.get(name);
        String path = exchange.getRequestURI().getRawPath().substring(name.length() + 1);
        String query = exchange.getRequestURI().getRawQuery();
        WireRequest request = new WireRequest(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                Map.of(),
                exchange.getRequestBody().readAllBytes(),
                address(name));
        boolean sends = SENDING.contains(path);
        if (sends) {
            asked.add(new Asked(path, to(request), wechat.clock.instant()));
        }
        @Nullable WireAnswer answer = troubled ? strike(server, request, sends) : wechat.gate.through(server, request);
        if (answer == null || answer.cut()) {
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.status() == 200 ? "application/json" : "text/html");
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private static String to(WireRequest request) {
        return request.path().equals(ROBOT) ? request.parameter("key") : Json.text(Json.read(request.body()), "touser");
    }

    /** Answers with or without a fault; null cuts the line. */
    private @Nullable WireAnswer strike(WireServer server, WireRequest request, boolean sends) {
        int dice = chance.nextInt(1000);
        if (!sends) {
            if (dice >= 15) {
                return server.answer(request);
            }
            count("凭据请求中断");
            return null;
        }
        boolean account = server.name().equals("weixin");
        if (dice < 20) {
            count("受理前断线");
            return null;
        } else if (dice < 45) {
            count("受理后断线");
            server.answer(request);
            return null;
        } else if (dice < 55) {
            count("受理前超时");
            timeOut();
            return null;
        } else if (dice < 70) {
            count("受理后超时");
            server.answer(request);
            timeOut();
            return null;
        } else if (dice < 85) {
            count("502，没有受理");
            return gateway(502);
        } else if (dice < 95) {
            count("504，已经受理");
            server.answer(request);
            return gateway(504);
        } else if (dice < 105) {
            count("-1 系统繁忙");
            return server.error(request, "-1");
        } else if (dice < 110) {
            count("45009 频率或当日上限");
            return server.error(request, "45009");
        } else if (dice < 115) {
            count(account ? "45011 太频繁" : "45033 并发超限");
            return server.error(request, account ? "45011" : "45033");
        } else if (dice < 120) {
            count("凭据提前失效");
            wechat.weixin.expireTokens("whjx");
            wechat.wecom.expireTokens("whjx");
        }
        return server.answer(request);
    }

    private void count(String fault) {
        struck.merge(fault, 1, Integer::sum);
    }

    private static WireAnswer gateway(int status) {
        return WireAnswer.text(status, "text/html", "<html><body><h1>" + status + "</h1></body></html>");
    }

    private void timeOut() {
        if (realTimeOuts > 0) {
            realTimeOuts--;
            try {
                // The sender's own read time-out runs on the machine's clock: only real waiting sets it off.
                Thread.sleep(TOO_LONG.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        wechat.pass(TOO_LONG);
    }
}
