package io.homeroom.sandbox.wire;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@link Later} on a few threads of its own, which do not keep the process alive. */
public final class DaemonLater implements Later, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(4, task -> {
        Thread thread = new Thread(task, "sandbox-later");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            Future<?> unused = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
