package dev.horizon.perf.live;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.schedule.SystemTimings;
import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.tick.Phase;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Ticks of a live node, at its real rate, as the loop itself paces them. What a tick costs is all
 * that the tick thread does for it: the step, and the releases until the next one.
 */
final class TickRun {
    private static final long RELEASE_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LiveNode node;
    private final TickLoop loop;
    private long workNanos;

    TickRun(LiveNode node) {
        this.node = node;
        this.loop = node.loop();
    }

    /**
     * Ticks as fast as it goes, for the compiler and for the star system to come into its stride.
     */
    void warmUp(int ticks) {
        for (int i = 0; i < ticks; i++) {
            tick(0);
        }
    }

    /** Measures some ticks. */
    Block measure(int ticks) {
        TickMetrics metrics = loop.metrics();
        Map<String, Histogram> before = histograms();
        long bytesBefore = node.publishedBytes();
        long lostBefore = metrics.count(Counter.FRAMES_LOST);
        long pausesBefore = metrics.count(Counter.PAUSES);
        long[] nanos = new long[ticks];
        long[] allocated = new long[ticks];
        long[] cpu = new long[ticks];
        long period = metrics.budgetNanos();
        long due = System.nanoTime();
        for (int i = 0; i < ticks; i++) {
            long from = THREADS.getCurrentThreadAllocatedBytes();
            long cpuFrom = THREADS.getCurrentThreadCpuTime();
            due = Math.max(due + period, System.nanoTime());
            nanos[i] = tick(due);
            cpu[i] = THREADS.getCurrentThreadCpuTime() - cpuFrom;
            allocated[i] = THREADS.getCurrentThreadAllocatedBytes() - from;
        }
        node.engine().failOnFaults();
        Map<String, Histogram> parts = new LinkedHashMap<>();
        histograms()
                .forEach((name, after) -> {
                    after.subtract(before.get(name));
                    parts.put(name, after);
                });
        return new Block(
                nanos,
                cpu,
                allocated,
                parts,
                node.engine().world().entities(),
                node.publishedBytes() - bytesBefore,
                metrics.count(Counter.FRAMES_LOST) - lostBefore,
                metrics.count(Counter.PAUSES) - pausesBefore);
    }

    /** One tick, then releases until the next is due; returns what both took. */
    private long tick(long nextDue) {
        workNanos = 0;
        long start = System.nanoTime();
        while (!loop.step()) {
            workNanos += System.nanoTime() - start;
            LockSupport.parkNanos(RELEASE_POLL_NANOS);
            start = System.nanoTime();
        }
        long now = System.nanoTime();
        workNanos += now - start;
        while (now < nextDue) {
            if (loop.isHolding()) {
                loop.release();
                long released = System.nanoTime();
                workNanos += released - now;
                LockSupport.parkNanos(Math.min(RELEASE_POLL_NANOS, nextDue - released));
            } else {
                LockSupport.parkNanos(nextDue - now);
            }
            now = System.nanoTime();
        }
        return workNanos;
    }

    private Map<String, Histogram> histograms() {
        Map<String, Histogram> all = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            all.put(
                    "phase " + phase.name().toLowerCase(java.util.Locale.ROOT),
                    loop.metrics().phaseNanos(phase));
        }
        for (SystemTimings system : node.engine().schedule().timings()) {
            all.put(system.name(), system.nanosPerTick());
        }
        return all;
    }

    /**
     * Some ticks.
     *
     * @param nanos what each took
     * @param cpuNanos what each took of a core: less than {@code nanos} where the tick thread
     *     waited for a helper or for other processes of the machine
     * @param allocated bytes that the tick thread allocated in each
     * @param parts phases and systems by name
     * @param entities alive at the end, parts of ships included
     * @param bytes of frames that left
     * @param lost frames that no stream took
     * @param pauses times that a tick waited for the recorder
     */
    record Block(
            long[] nanos,
            long[] cpuNanos,
            long[] allocated,
            Map<String, Histogram> parts,
            int entities,
            long bytes,
            long lost,
            long pauses) {
        double millis(double share) {
            return millis(nanos, share);
        }

        double cpuMillis(double share) {
            return millis(cpuNanos, share);
        }

        private static double millis(long[] of, double share) {
            long[] sorted = of.clone();
            Arrays.sort(sorted);
            int rank = (int) Math.ceil(share * sorted.length) - 1;
            return sorted[Math.clamp(rank, 0, sorted.length - 1)] / 1e6;
        }

        double allocatedPerTick() {
            return (double) Arrays.stream(allocated).sum() / allocated.length;
        }

        /** Part, median and 99th percentile in microseconds, and runs, dearest first. */
        List<Part> dearest() {
            List<Part> list = new ArrayList<>();
            parts.forEach((name, histogram) ->
                    list.add(
                            new Part(
                                    name,
                                    histogram.getValueAtPercentile(50) / 1e3,
                                    histogram.getValueAtPercentile(99) / 1e3,
                                    histogram.getMean() / 1e3,
                                    histogram.getTotalCount())));
            list.sort(
                    (a, b) -> Double.compare(b.meanMicros() * b.runs(), a.meanMicros() * a.runs()));
            return list;
        }
    }

    /**
     * A phase or a system.
     *
     * @param name of it
     * @param medianMicros in ticks in which it ran
     * @param p99Micros the same
     * @param meanMicros the same
     * @param runs ticks in which it ran; releases run more often
     */
    record Part(String name, double medianMicros, double p99Micros, double meanMicros, long runs) {}
}
