package dev.horizon.engine.schedule;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tick thread and the threads that help it: they share the units of one piece of work at a
 * time. From {@link #assemble} to {@link #dismiss}, within a tick, helpers spin while there is
 * nothing to do: to wake one takes longer than most pieces. Between ticks they are parked and cost
 * nothing. Which lane runs which unit is up to chance: what a unit does must not depend on it.
 */
public final class Crew implements AutoCloseable {
    /** Work that is cut into numbered units. */
    @FunctionalInterface
    public interface Work {
        /** Runs one unit; lanes run at the same time, each one unit after the other. */
        void run(int unit, int lane);
    }

    /** About 20 microseconds, for the tick thread, which waits for units that are being run. */
    private static final int SPINS_MAX = 1_000;

    /** Some microseconds: what a helper may keep others from. */
    private static final int SPINS_PER_YIELD = 100;

    /** How long a helper looks for more where no crew is assembled. */
    private static final long IDLE_NANOS_MAX = 20_000;

    /**
     * The longest that an assembled helper spins: more than a tick thread that is at work alone
     * mostly takes, little beside a tick if that thread lost its processor.
     */
    private static final long ASSEMBLED_NANOS_MAX = 1_000_000;

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
    private volatile boolean assembled;
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
                            .start(Niceness.giving(() -> runLane(lane)));
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

    /** Wakes the others: work will follow soon, and again and again until {@link #dismiss}. */
    public void assemble() {
        assembled = true;
        wake();
    }

    /** Lets the others rest once nothing is left to do. */
    public void dismiss() {
        assembled = false;
    }

    private void wake() {
        for (int i = 0; i < threads.length; i++) {
            if (parked.get(i + 1) != 0) {
                LockSupport.unpark(threads[i]);
            }
        }
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
        wake();
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
        while (!closed) {
            if (remaining.get() > 0) {
                int taken = takeUnits(lane);
                if (taken > 0) {
                    finished.addAndGet(taken);
                    LockSupport.unpark(waiting);
                }
            } else if (!isWorkSoon()) {
                parked.set(lane, 1);
                if (remaining.get() <= 0 && !closed) {
                    LockSupport.park(this);
                }
                parked.set(lane, 0);
            }
        }
    }

    /**
     * Spins until there is work, or none is to be expected. Lets others have the processor in
     * between: woken on that of the tick thread, it would keep it from what all wait for.
     */
    private boolean isWorkSoon() {
        long start = System.nanoTime();
        do {
            Thread.yield();
            for (int spins = 0; spins < SPINS_PER_YIELD; spins++) {
                if (remaining.get() > 0) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start
                < (assembled && !closed ? ASSEMBLED_NANOS_MAX : IDLE_NANOS_MAX));
        return false;
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
