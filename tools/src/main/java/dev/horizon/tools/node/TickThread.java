package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.TickLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that ticks: starts the loop, and ends it without losing what it holds. */
final class TickThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TickThread.class);

    /** Closing the sessions takes one tick; a node that pauses gets this long. */
    private static final long LAST_TICK_MILLIS_MAX = 2_000;

    /** How long effects of the last ticks may take to be recorded and to leave. */
    private static final long RELEASE_MILLIS_MAX = 2_000;

    /** How long a snapshot under way may take before the last begins. */
    private static final long SNAPSHOT_MILLIS_MAX = 5_000;

    private static final long POLL_MILLIS = 2;

    private final TickLoop loop;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Throwable fault;
    private volatile boolean isReplaced;

    TickThread(TickLoop loop) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("tick").unstarted(this::run);
    }

    /** Ends the loop before its next tick, for a reason that {@link #awaitEnd} throws. */
    void stop(Throwable why) {
        fault = why;
        loop.stop();
    }

    /** The same where another process ticks this world: what is held here may never leave. */
    void replace(Throwable why) {
        isReplaced = true;
        stop(why);
    }

    void start() {
        thread.start();
    }

    /** True between start and end. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** What ended the thread, or null. */
    @Nullable Throwable fault() {
        return fault;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
        Throwable cause = fault;
        if (cause instanceof HorizonException told) {
            throw told;
        }
        if (cause != null) {
            throw new IllegalStateException("the tick thread ended: " + cause, cause);
        }
    }

    /**
     * Waits until a tick is done; returns early, and throws the cause, when the thread has ended.
     */
    void awaitTick(long tick) throws InterruptedException {
        boolean hasEnded = false;
        while (!hasEnded && loop.metrics().tick() < tick) {
            hasEnded = ended.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (hasEnded) {
            awaitEnd();
        }
    }

    private void run() {
        try {
            loop.run();
            takeLastSnapshot();
            if (!isReplaced) {
                releaseHeld();
            }
        } catch (RuntimeException | Error e) {
            fault = e;
            LOG.error("the tick thread ended at tick {}", loop.tick(), e);
        } finally {
            ended.countDown();
        }
    }

    private void releaseHeld() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RELEASE_MILLIS_MAX);
        while (loop.isHolding() && System.nanoTime() < deadline) {
            loop.release();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        if (loop.isHolding()) {
            LOG.warn("some effects of the last ticks could not leave before the end");
        }
    }

    /** The next life goes on from there, and so needs no log: also one of another build. */
    private void takeLastSnapshot() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SNAPSHOT_MILLIS_MAX);
        while (loop.tick() > 0 && !loop.takeLastSnapshot()) {
            if (System.nanoTime() > deadline) {
                LOG.warn("HZ-TAPE-014: the last tick has no snapshot; the log has it");
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Closes the sessions, so that their profiles are stored, and ends the loop. */
    @Override
    public void close() throws InterruptedException {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        if (thread.isAlive()) {
            closeSessions();
        }
        loop.close();
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    private void closeSessions() throws InterruptedException {
        CompletableFuture<String> closed = loop.operator().submit("engine:close-sessions");
        try {
            closed.get(LAST_TICK_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("sessions were not closed in order: {}", e.toString());
        }
    }
}
