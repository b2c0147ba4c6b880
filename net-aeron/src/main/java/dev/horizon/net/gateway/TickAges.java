package dev.horizon.net.gateway;

import java.util.concurrent.TimeUnit;

/**
 * How old a node's ticks are when clients have been told of them, as far as a gateway can know: it
 * takes the ticks of the last seconds that were heard soonest for those that were on time. Clocks
 * of other machines are not asked. Agent thread.
 */
final class TickAges {
    /** So long an early tick counts, and at most twice as long. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long NEVER = Long.MAX_VALUE;

    private long periodNanos;

    /** The earliest that tick 0 can have been, by what this window and the one before it heard. */
    private long originNanos = NEVER;

    private long formerOriginNanos = NEVER;
    private long windowEndNanos;
    private long toldTick;

    /** Ticks a second. */
    void hz(int tickHz) {
        long period = TimeUnit.SECONDS.toNanos(1) / Math.max(1, tickHz);
        if (period != periodNanos) {
            periodNanos = period;
            restart();
        }
    }

    /** The node is another life of itself. */
    void restart() {
        forget();
        toldTick = 0;
    }

    private void forget() {
        originNanos = NEVER;
        formerOriginNanos = NEVER;
    }

    /** A tick's end was heard. */
    void heard(long tick, float dilation, long nowNanos) {
        if (dilation < 1) {
            forget(); // Each tick is due later than the one before says.
        }
        boolean isFirst = originNanos == NEVER;
        if (isFirst || nowNanos - windowEndNanos > 0) {
            formerOriginNanos = originNanos;
            originNanos = NEVER;
            windowEndNanos = nowNanos + WINDOW_NANOS;
        }
        originNanos = Math.min(originNanos, nowNanos - tick * periodNanos);
    }

    /** Clients were told of a tick; its age in nanoseconds, or -1 where it isn't known or new. */
    long told(long tick, long nowNanos) {
        long origin = Math.min(originNanos, formerOriginNanos);
        if (tick <= toldTick || origin == NEVER || periodNanos == 0) {
            return -1;
        }
        toldTick = tick;
        return Math.max(0, nowNanos - origin - tick * periodNanos);
    }
}
