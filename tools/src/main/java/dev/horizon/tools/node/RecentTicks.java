package dev.horizon.tools.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * What happened in the last seconds, as the difference of two readings of figures that only grow.
 * Reads when it is asked, at most once a second. Thread-safe.
 */
final class RecentTicks {
    private static final long READING_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);

    /** Readings kept: the window is about this many seconds. */
    private static final int READINGS_MAX = 10;

    private record Reading(long nanos, Histogram ticks, long bytes) {}

    private final Supplier<Histogram> ticks;
    private final LongSupplier bytes;
    private final Deque<Reading> readings = new ArrayDeque<>();

    RecentTicks(Supplier<Histogram> ticks, LongSupplier bytes) {
        this.ticks = ticks;
        this.bytes = bytes;
        readings.add(read());
    }

    /**
     * The window up to now.
     *
     * @param ticks nanoseconds of its ticks
     * @param bytesPerSecond over it
     */
    record Window(Histogram ticks, long bytesPerSecond) {}

    synchronized Window window() {
        Reading now = read();
        Reading first = readings.getFirst();
        if (now.nanos() - readings.getLast().nanos() >= READING_NANOS_MIN) {
            readings.addLast(now);
            if (readings.size() > READINGS_MAX) {
                readings.removeFirst();
            }
        }
        Histogram recent = now.ticks().copy();
        recent.subtract(first.ticks());
        long nanos = Math.max(1, now.nanos() - first.nanos());
        double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
        return new Window(recent, Math.round((now.bytes() - first.bytes()) / seconds));
    }

    private Reading read() {
        return new Reading(System.nanoTime(), ticks.get(), bytes.getAsLong());
    }
}
