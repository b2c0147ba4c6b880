package dev.horizon.tools.node;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a node's health several times a second, so that whoever asks hears of now. */
final class HealthWatch implements AutoCloseable {
    private static final int PERIOD_MILLIS = 200;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().name("health").daemon().unstarted(task));

    HealthWatch(Health health, TapeWatch tape) {
        every(health::observe);
        every(tape::observe);
    }

    private void every(Runnable look) {
        thread.scheduleAtFixedRate(look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
