package dev.horizon.engine.schedule;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tick thread and the threads that help it: they share the units of one piece of work at a
 * time. Between two pieces helpers spin for some microseconds, since the next mostly follows at
 * once; between ticks they are parked and cost nothing. Which lane runs which unit is up to chance:
 * what a unit does must not depend on it.
 */
public final class Crew implements AutoCloseable {
    /** Work that is cut into numbered units. */
    @FunctionalInterface
    public interface Work {
        /** Runs one unit; lanes run at the same time, each one unit after the other. */
        void run(int unit, int lane);
    }

    /**
     * About 20 microseconds: longer than the gap between groups, shorter than a tick's idle time.
     */
    private static final int SPINS_MAX = 1_000;

    /** How long the tick thread waits before it looks again by itself. */
    private static final long WAIT_NANOS_MAX = 50_000;

    private final int lanes;
    private final Thread[] threads;
    private final AtomicInteger remaining = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicIntegerArray parked;
    private Work work = (unit, lane) -> {};
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Throwable broken;
    private volatile boolean closed;
    private int total;

    /** Starts the threads beside the tick thread. */
    public Crew(int lanes) {
        this.lanes = lanes;
        this.parked = new AtomicIntegerArray(lanes);
        this.threads = new Thread[lanes - 1];
        for (int i = 0; i < threads.length; i++) {
            int lane = i + 1;
            threads[i] =
                    Thread.ofPlatform()
                            .name("horizon-systems-" + lane)
                            .daemon()
                            .start(() -> runLane(lane));
        }
    }

    /** A crew of the calling thread alone: it runs all units, in order. */
    public static Crew alone() {
        return new Crew(1);
    }

    /** The tick thread, lane 0, and how many beside it. */
    public int lanes() {
        return lanes;
    }

    /** Runs all units, on this thread and the others; returns when all are done. */
    public void run(int units, Work what) {
        begin(units, what);
        finish();
    }

    /** Has the others begin, while this thread does something else until {@link #finish}. */
    public void begin(int units, Work what) {
        work = what;
        total = units;
        finished.set(0);
        remaining.set(units);
        for (int i = 0; i < threads.length; i++) {
            if (parked.get(i + 1) != 0) {
                LockSupport.unpark(threads[i]);
            }
        }
    }

    /** Runs what is left of what was begun; returns when all is done. */
    public void finish() {
        int own = takeUnits(0);
        await(total - own);
        Throwable fault = broken;
        if (fault != null) {
            throw new IllegalStateException("a thread of the schedule broke", fault);
        }
    }

    private void await(int others) {
        int spins = 0;
        while (finished.get() < others) {
            if (spins < SPINS_MAX) {
                spins++;
                Thread.onSpinWait();
            } else {
                waiting = Thread.currentThread();
                if (finished.get() < others) {
                    LockSupport.parkNanos(this, WAIT_NANOS_MAX);
                }
                waiting = null;
            }
        }
    }

    /** Takes units until none is left; a unit that was taken keeps its work from ending. */
    private int takeUnits(int lane) {
        int taken = 0;
        int left = remaining.getAndDecrement();
        while (left > 0) {
            try {
                work.run(total - left, lane);
            } catch (Throwable fault) {
                broken = fault;
            }
            taken++;
            left = remaining.getAndDecrement();
        }
        return taken;
    }

    private void runLane(int lane) {
        int spins = 0;
        while (!closed) {
            if (remaining.get() > 0) {
                int taken = takeUnits(lane);
                if (taken > 0) {
                    finished.addAndGet(taken);
                    LockSupport.unpark(waiting);
                }
                spins = 0;
            } else if (spins < SPINS_MAX) {
                spins++;
                Thread.onSpinWait();
            } else {
                parked.set(lane, 1);
                if (remaining.get() <= 0 && !closed) {
                    LockSupport.park(this);
                }
                parked.set(lane, 0);
                spins = 0;
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
