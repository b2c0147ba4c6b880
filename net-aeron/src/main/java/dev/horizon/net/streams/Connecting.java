package dev.horizon.net.streams;

import dev.horizon.engine.plugin.HorizonException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits until both ends of streams know each other: a publication may be connected before its
 * subscriber has the image, so ask both. For starts, never for ticks.
 */
public final class Connecting {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private Connecting() {}

    /**
     * Waits.
     *
     * @param what for the message, such as "the gateway's streams"
     * @throws HorizonException HZ-STR-001 when the time is over
     */
    public static void await(String what, long timeoutMillis, BooleanSupplier connected) {
        long start = System.nanoTime();
        long timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!connected.getAsBoolean()) {
            if (System.nanoTime() - start > timeoutNanos
                    || Thread.currentThread().isInterrupted()) {
                throw new HorizonException(
                        "HZ-STR-001",
                        what
                                + " did not connect within "
                                + timeoutMillis
                                + " ms. Check that both ends run with the same transport settings"
                                + " and star system; `horizon doctor` tells what this machine can"
                                + " carry.");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
