package io.homeroom.wechat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Stands in for WeChat's servers: answers as it is told and remembers what it was asked. */
final class StandIn implements AutoCloseable {

    /** A request as it arrived. */
    record Asked(String method, String target, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    /** An answer; a status of 0 cuts the line without one. */
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer json(String body) {
            return new Answer(200, Map.of("Content-Type", "application/json; encoding=utf-8"), body);
        }

        static Answer cut() {
            return new Answer(0, Map.of(), "");
        }
    }

    private final HttpServer server;
    private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Asked>> asked = new ConcurrentHashMap<>();

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "stand-in");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        reset();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a path in this way from now on. */
    void on(String path, Function<Asked, Answer> answer) {
        answers.put(path, answer);
    }

    void on(String path, String json) {
        on(path, request -> Answer.json(json));
    }

    /** The next request to a path; fails if none comes within ten seconds. */
    Asked next(String path) throws InterruptedException {
        Asked request = queue(path).poll(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("Nothing was asked of " + path);
        }
        return request;
    }

    /** How many requests to a path have not been looked at. */
    int waiting(String path) {
        return queue(path).size();
    }

    void reset() {
        answers.clear();
        asked.clear();
        on("/cgi-bin/stable_token", "{\"access_token\":\"T1\",\"expires_in\":7200}");
        on("/cgi-bin/gettoken", "{\"errcode\":0,\"errmsg\":\"ok\",\"access_token\":\"C1\",\"expires_in\":7200}");
        // So that the servers' own start hangs no menu, whenever it gets to that.
        on("/cgi-bin/menu/get", "{\"errcode\":48001,\"errmsg\":\"api unauthorized\"}");
        on("/cgi-bin/menu/create", "{\"errcode\":0,\"errmsg\":\"ok\"}");
        on("/cgi-bin/message/custom/send", "{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private BlockingQueue<Asked> queue(String path) {
        return asked.computeIfAbsent(path, p -> new LinkedBlockingQueue<>());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Asked request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        queue(path).add(request);
        Answer answer = answers.getOrDefault(path, r -> Answer.json("{\"errcode\":40066,\"errmsg\":\"invalid url\"}"))
                .apply(request);
        if (answer.status() == 0) {
            exchange.close();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
