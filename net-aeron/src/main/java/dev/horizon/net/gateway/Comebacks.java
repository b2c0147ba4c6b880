package dev.horizon.net.gateway;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Says when those who found no way in had better come back: within some seconds, and later the more
 * they are, so that no more come in a second than a gateway can look at beside all it serves. A
 * crowd that comes back together is refused together, again and again. Thread-safe.
 */
final class Comebacks {
    static final int MILLIS_MIN = 1_000;
    static final int MILLIS_MAX = 60_000;

    /** Each comes at any moment of so much time, from when it is their turn. */
    static final int SPREAD_MILLIS = 4_000;

    static final int PER_SECOND = 100;

    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final int TURN_MILLIS_MAX = MILLIS_MAX - SPREAD_MILLIS;

    /** The turn of who was refused last. */
    private long turnNanos;

    Comebacks(long nowNanos) {
        turnNanos = nowNanos;
    }

    /** Milliseconds until one more may come. */
    int drawMillis(long nowNanos) {
        long turnMillis = TimeUnit.NANOSECONDS.toMillis(nextTurn(nowNanos) - nowNanos);
        return Math.max(MILLIS_MIN, (int) turnMillis)
                + ThreadLocalRandom.current().nextInt(SPREAD_MILLIS + 1);
    }

    private synchronized long nextTurn(long nowNanos) {
        long latest = nowNanos + TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS_MAX);
        long next = (turnNanos - nowNanos < 0 ? nowNanos : turnNanos) + TURN_NANOS;
        turnNanos = next - latest > 0 ? latest : next;
        return turnNanos;
    }
}
