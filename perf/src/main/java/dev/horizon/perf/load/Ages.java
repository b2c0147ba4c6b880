package dev.horizon.perf.load;

import java.util.Arrays;

/** How old what a player was sent was when it came: buckets of 2 ms, 512 bytes a player. */
final class Ages {
    /** Of one bucket. */
    static final long BUCKET_NANOS = 2_000_000;

    private static final int BUCKETS = 256;
    private static final int COUNT_MAX = 0xFFFF;

    private final short[] counts = new short[BUCKETS];

    void add(long nanos) {
        int bucket = (int) Math.clamp(nanos / BUCKET_NANOS, 0, BUCKETS - 1);
        int count = counts[bucket] & 0xFFFF;
        if (count < COUNT_MAX) {
            counts[bucket] = (short) (count + 1);
        }
    }

    void reset() {
        Arrays.fill(counts, (short) 0);
    }

    /** Upper edge of the bucket that holds a quantile, milliseconds; 0 where nothing came. */
    double millis(double quantile) {
        long total = 0;
        for (short count : counts) {
            total += count & 0xFFFF;
        }
        long rank = (long) Math.ceil(quantile * total);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket] & 0xFFFF;
            if (seen >= rank && rank > 0) {
                return (bucket + 1) * BUCKET_NANOS / 1e6;
            }
        }
        return 0;
    }
}
