package io.homeroom.sandbox.control;

import io.homeroom.sandbox.SandboxPage;
import io.homeroom.sandbox.live.SandboxEvent;
import io.homeroom.sandbox.live.SandboxEvents;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * {@code GET /sandbox/api/events}: everything that happens, as server-sent events; {@code Last-Event-ID} or {@code
 * ?since=} replays what came after that number, without either it begins with what happens next.
 */
@SandboxPage
class EventStream {

    private static final long BEAT_SECONDS = 15;

    private final SandboxEvents events;
    private final List<SseEmitter> open = new CopyOnWriteArrayList<>();
    private final Runnable unwatch;
    private final ScheduledFuture<?> beats;
    /** One thread sends to all, so that a slow page never holds up who caused the event. */
    private final ScheduledThreadPoolExecutor sender = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "sandbox-events");
        thread.setDaemon(true);
        return thread;
    });

    EventStream(SandboxEvents events) {
        this.events = events;
        this.unwatch = events.watch(event -> sender.execute(() -> open.forEach(page -> send(page, event))));
        this.beats = sender.scheduleAtFixedRate(
                () -> open.forEach(this::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    }

    @GetMapping(path = "/sandbox/api/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter watch(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastSeen,
            @RequestParam(name = "since", required = false) @Nullable Long since) {
        SseEmitter page = new SseEmitter(0L);
        page.onCompletion(() -> open.remove(page));
        page.onError(e -> open.remove(page));
        Long from = lastSeen != null ? lastSeen : since;
        sender.execute(() -> {
            if (from != null) {
                events.since(from).forEach(event -> send(page, event));
            }
            open.add(page);
            beat(page);
        });
        return page;
    }

    @PreDestroy
    void close() {
        unwatch.run();
        beats.cancel(false);
        sender.shutdownNow();
        open.forEach(SseEmitter::complete);
    }

    private void send(SseEmitter page, SandboxEvent event) {
        write(
                page,
                SseEmitter.event()
                        .id(Long.toString(event.id()))
                        .name(event.type())
                        .data(event, MediaType.APPLICATION_JSON));
    }

    private void beat(SseEmitter page) {
        write(page, SseEmitter.event().comment("beat"));
    }

    private void write(SseEmitter page, SseEmitter.SseEventBuilder event) {
        try {
            page.send(event);
        } catch (IOException | IllegalStateException e) {
            open.remove(page);
        }
    }
}
