package dev.horizon.perf;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.schedule.SystemTimings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the tick of the demo star system at several sizes, without sessions and network:
 * handlers, systems, structural changes, stamps, hash. Arguments: ticks, threads, then sizes.
 */
public final class TickBench {
    private static final int WARM_UP_TICKS = 600;

    private TickBench() {}

    /** Runs it and prints a table. */
    public static void main(String[] arguments) {
        int ticks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 600;
        int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        int[] sizes =
                arguments.length > 2
                        ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
                        : new int[] {1_000, 10_000, 100_000};
        for (int size : sizes) {
            measure(size, ticks, threads);
        }
    }

    private static void measure(int objects, int ticks, int threads) {
        long started = System.nanoTime();
        try (SolWorld world = new SolWorld(objects, 1, threads)) {
            long laidOut = System.nanoTime();
            for (int i = 0; i < WARM_UP_TICKS; i++) {
                world.step();
                world.state().hash();
            }
            ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] nanos = new long[ticks];
            long[] hashing = new long[ticks];
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ticks; i++) {
                long from = System.nanoTime();
                world.step();
                long stepped = System.nanoTime();
                world.state().hash();
                hashing[i] = System.nanoTime() - stepped;
                nanos[i] = stepped - from;
            }
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            Arrays.sort(nanos);
            Arrays.sort(hashing);
            print(
                    "%,d objects, %,d entities, %d threads; laid out in %,d ms",
                    objects, world.state().entities(), threads, (laidOut - started) / 1_000_000);
            print(
                    "  step p50 %.3f ms  p99 %.3f ms  max %.3f ms   %.0f ns per object at the median",
                    millis(nanos, 0.5),
                    millis(nanos, 0.99),
                    millis(nanos, 1),
                    nanos[ticks / 2] / (double) objects);
            print(
                    "  hash p50 %.3f ms  p99 %.3f ms   allocated %,d B per tick",
                    millis(hashing, 0.5), millis(hashing, 0.99), allocated / ticks);
            for (SystemTimings system : world.schedule().timings()) {
                print(
                        "    %-18s p50 %8.1f us  p99 %8.1f us",
                        system.name(),
                        system.nanosPerTick().getValueAtPercentile(50) / 1e3,
                        system.nanosPerTick().getValueAtPercentile(99) / 1e3);
            }
            print("%s", world.command("sol:census"));
        }
    }

    private static double millis(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
