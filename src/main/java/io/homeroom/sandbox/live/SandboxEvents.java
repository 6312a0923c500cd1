package io.homeroom.sandbox.live;

import io.homeroom.sandbox.SandboxPart;
import io.homeroom.sandbox.wire.Recent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What happened in the sandbox, for pages that watch it. Watchers are told on the thread of the cause and must be quick.
 */
@SandboxPart
public class SandboxEvents {

    private final Recent<SandboxEvent> recent = new Recent<>(2000);
    private final List<Consumer<SandboxEvent>> watchers = new CopyOnWriteArrayList<>();

    /** Tells that something happened. */
    public void tell(String type, String code, Object data) {
        SandboxEvent event = recent.add(number -> new SandboxEvent(number, type, code, data));
        watchers.forEach(watcher -> watcher.accept(event));
    }

    /** Those after this number that are still kept, oldest first. */
    public List<SandboxEvent> since(long number) {
        return recent.since(number);
    }

    /** Number of the newest. */
    public long last() {
        return recent.last();
    }

    /** Watches from now on; running the result ends it. */
    public Runnable watch(Consumer<SandboxEvent> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
