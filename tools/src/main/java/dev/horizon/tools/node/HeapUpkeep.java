package dev.horizon.tools.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a heap collected as a whole once it has grown by a share since the last time: the serial
 * collector by itself does so only where a heap has reached its bound, and until then keeps all
 * that outlived a few young collections, dead or not. For a process whose memory counts by the
 * player. Its own thread.
 */
final class HeapUpkeep implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** While players come a heap grows for good reason: a pause now and then is enough. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long GROWTH_BYTES_MIN = 4 << 20;
    private static final int GROWTH_SHARE = 8;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("heap-upkeep").unstarted(this::run);
    private volatile boolean isClosed;

    private HeapUpkeep() {}

    /** Starts to look, once a second. */
    static HeapUpkeep start() {
        HeapUpkeep upkeep = new HeapUpkeep();
        upkeep.thread.start();
        return upkeep;
    }

    /** True for a heap that has grown enough since it was collected to be worth a pause. */
    static boolean hasGrown(long collectedBytes, long bytes) {
        return bytes - collectedBytes > Math.max(GROWTH_BYTES_MIN, collectedBytes / GROWTH_SHARE);
    }

    private void run() {
        Runtime runtime = Runtime.getRuntime();
        long collectedBytes = runtime.totalMemory();
        long collectedNanos = System.nanoTime();
        while (!isClosed) {
            LockSupport.parkNanos(LOOK_NANOS);
            long bytes = runtime.totalMemory();
            // What another collection gave back is the new measure.
            collectedBytes = Math.min(collectedBytes, bytes);
            if (hasGrown(collectedBytes, bytes)
                    && System.nanoTime() - collectedNanos >= REST_NANOS) {
                System.gc();
                collectedBytes = runtime.totalMemory();
                collectedNanos = System.nanoTime();
            }
        }
    }

    boolean hasEnded() throws InterruptedException {
        return thread.join(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
