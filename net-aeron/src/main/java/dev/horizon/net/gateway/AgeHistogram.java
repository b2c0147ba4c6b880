package dev.horizon.net.gateway;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts ages by twelve steps a decade, from a millisecond to ten seconds. One thread adds. */
final class AgeHistogram {
    private static final double[] DECADE = {
        1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2
    };
    private static final int DECADES = 4;
    private static final long[] MOST_NANOS = new long[DECADE.length * DECADES + 1];

    static {
        long unit = TimeUnit.MILLISECONDS.toNanos(1);
        for (int i = 0; i < MOST_NANOS.length; i++) {
            MOST_NANOS[i] = Math.round(DECADE[i % DECADE.length] * unit);
            unit *= i % DECADE.length == DECADE.length - 1 ? 10 : 1;
        }
    }

    /** Those of each step, and last those beyond all. */
    private final AtomicLongArray counts = new AtomicLongArray(MOST_NANOS.length + 1);

    private final AtomicLong sumNanos = new AtomicLong();

    /** So many clients were told something of this age. */
    void add(long nanos, long clients) {
        int found = Arrays.binarySearch(MOST_NANOS, nanos);
        int at = found < 0 ? ~found : found;
        counts.lazySet(at, counts.getPlain(at) + clients);
        sumNanos.lazySet(sumNanos.getPlain() + nanos * clients);
    }

    /** What was added; any thread. */
    GatewayMetrics.Ages read() {
        double[] seconds = new double[counts.length()];
        long[] read = new long[counts.length()];
        for (int i = 0; i < read.length; i++) {
            seconds[i] = i < MOST_NANOS.length ? MOST_NANOS[i] / 1e9 : Double.POSITIVE_INFINITY;
            read[i] = counts.get(i);
        }
        return new GatewayMetrics.Ages(seconds, read, sumNanos.get() / 1e9);
    }
}
