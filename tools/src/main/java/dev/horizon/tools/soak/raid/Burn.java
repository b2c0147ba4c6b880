package dev.horizon.tools.soak.raid;

import dev.horizon.engine.schedule.Niceness;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Takes processor time and does nothing with it: what raiders cost a machine that they share with
 * the node, without what they cost the node.
 */
public final class Burn {
    /** Little at a time, as raiders do it. */
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Burn() {}

    /**
     * Burns on a thread of its own, and waits until that is over.
     *
     * @param share of one processor, 0 to 1
     * @return processor seconds that it took
     */
    public static double during(long millis, double share) throws InterruptedException {
        double[] seconds = new double[1];
        Thread thread =
                Thread.ofPlatform()
                        .name("burn")
                        .daemon()
                        .start(
                                Niceness.giving(() ->
                                        seconds[0] =
                                                burn(
                                                        TimeUnit.MILLISECONDS.toNanos(millis),
                                                        share)));
        try {
            thread.join();
        } finally {
            thread.interrupt();
        }
        return seconds[0];
    }

    private static double burn(long nanos, double share) {
        long began = System.nanoTime();
        long spentBefore = THREADS.getCurrentThreadCpuTime();
        long spent = 0;
        try {
            for (long past = 0; past < nanos; past = System.nanoTime() - began) {
                while (spent < share * past && !Thread.currentThread().isInterrupted()) {
                    spent = THREADS.getCurrentThreadCpuTime() - spentBefore;
                }
                TimeUnit.NANOSECONDS.sleep(PERIOD_NANOS);
            }
        } catch (InterruptedException e) {
            // The soak is over.
        }
        return (THREADS.getCurrentThreadCpuTime() - spentBefore) / 1e9;
    }
}
