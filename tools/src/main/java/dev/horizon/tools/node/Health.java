package dev.horizon.tools.node;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Health as operators mean it: the tick advances, and where players are connected, their gateway
 * hears of it, both within the limit. Thread-safe.
 */
final class Health {
    private static final long LIMIT_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);
    private static final int PERIODS_MAX = 5;

    private final LongSupplier periodNanos;
    private final LongSupplier nanoTime;
    private final LongSupplier tick;
    private final LongSupplier heardTick;
    private long lastTick = -1;
    private long tickMovedAt;
    private long lastHeard = -1;
    private long heardMovedAt;

    /**
     * Watches two growing numbers.
     *
     * @param periodNanos of a tick now, longer while time is dilated; five of them, or a second if
     *     that is longer, are the limit
     * @param tick the last tick done
     * @param heardTick the last tick that a subscriber heard of
     */
    Health(
            LongSupplier periodNanos,
            LongSupplier nanoTime,
            LongSupplier tick,
            LongSupplier heardTick) {
        this.periodNanos = periodNanos;
        this.nanoTime = nanoTime;
        this.tick = tick;
        this.heardTick = heardTick;
        observe();
    }

    /** Looks at the numbers; call it more often than the limit. */
    synchronized void observe() {
        long now = nanoTime.getAsLong();
        long ticked = tick.getAsLong();
        if (ticked != lastTick) {
            lastTick = ticked;
            tickMovedAt = now;
        }
        long heard = heardTick.getAsLong();
        if (heard != lastHeard) {
            lastHeard = heard;
            heardMovedAt = now;
        }
    }

    /** True when ticks advance and, where sessions are open, reach the gateway. */
    synchronized boolean isHealthy(int sessions) {
        observe();
        long now = nanoTime.getAsLong();
        long limitNanos = Math.max(LIMIT_NANOS_MIN, PERIODS_MAX * periodNanos.getAsLong());
        boolean isTicking = lastTick > 0 && now - tickMovedAt <= limitNanos;
        boolean isHeard = sessions == 0 || now - heardMovedAt <= limitNanos;
        return isTicking && isHeard;
    }
}
