package dev.horizon.perf;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.schedule.SystemTimings;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the tick of the demo star system at several sizes, all channels watched, without
 * sessions and network: handlers, systems, structural changes, stamps; locate and encode; hash.
 * Arguments: ticks, threads, then sizes.
 */
public final class TickBench {
    private static final int WARM_UP_TICKS = 600;
    private static final String[] PARTS = {"step", "publish", "hash", "tick"};

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
                world.publish();
                world.state().hash();
            }
            ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[][] parts = new long[PARTS.length][ticks];
            long published = world.bytes();
            long cpu = thread.getCurrentThreadCpuTime();
            long allocated = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ticks; i++) {
                long from = System.nanoTime();
                world.step();
                long stepped = System.nanoTime();
                world.publish();
                long sent = System.nanoTime();
                world.state().hash();
                long hashed = System.nanoTime();
                parts[0][i] = stepped - from;
                parts[1][i] = sent - stepped;
                parts[2][i] = hashed - sent;
                parts[3][i] = hashed - from;
            }
            allocated = thread.getCurrentThreadAllocatedBytes() - allocated;
            cpu = thread.getCurrentThreadCpuTime() - cpu;
            print(
                    "%,d objects, %,d entities, %d threads; laid out in %,d ms",
                    objects, world.state().entities(), threads, (laidOut - started) / 1_000_000);
            for (int part = 0; part < PARTS.length; part++) {
                Arrays.sort(parts[part]);
                print(
                        "  %-8s p50 %7.3f ms  p99 %7.3f ms  max %7.3f ms  %5.0f ns per object",
                        PARTS[part],
                        millis(parts[part], 0.5),
                        millis(parts[part], 0.99),
                        millis(parts[part], 1),
                        parts[part][ticks / 2] / (double) objects);
            }
            print(
                    "  tick thread: %.3f ms of processor, %,d B allocated; %,d B published, per tick",
                    cpu / 1e6 / ticks, allocated / ticks, (world.bytes() - published) / ticks);
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
