package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TickClock;
import java.util.concurrent.locks.LockSupport;

/** The machine's monotonic clock; waits by parking, never by spinning. */
public final class RealClock implements TickClock {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void awaitNanos(long deadlineNanos) {
        long remaining = deadlineNanos - System.nanoTime();
        if (remaining > 0) {
            LockSupport.parkNanos(remaining);
        }
    }
}
