package io.homeroom.sandbox.wire;

import java.time.Duration;

/** Runs something after a while: WeChat's own repetitions and delays, which pass in real time. */
@FunctionalInterface
public interface Later {

    /** Runs the task once, on another thread, no sooner than after the delay. */
    void after(Duration delay, Runnable task);
}
