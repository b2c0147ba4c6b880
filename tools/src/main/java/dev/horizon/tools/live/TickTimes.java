package dev.horizon.tools.live;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * What all ticks since the start took. Two readings subtracted are the ticks between them, so that
 * who measures has every tick, whoever else asks.
 *
 * @param tick the last one that ended
 * @param budgetMicros a tick may take
 * @param buckets each the longest time in microseconds that counts into it, and how many ticks took
 *     that; within 1 % of the time, shortest first, without empty ones
 */
public record TickTimes(long tick, long budgetMicros, List<long[]> buckets) {
    /** Digits that hold. */
    private static final int DIGITS = 2;

    private static final long SLOWEST_NANOS = 60_000_000_000L;

    /** Of a histogram of nanoseconds. */
    public static TickTimes of(long tick, long budgetNanos, Histogram nanos) {
        Histogram coarse = new Histogram(1_000, SLOWEST_NANOS, DIGITS);
        coarse.add(nanos);
        List<long[]> buckets = new ArrayList<>();
        for (HistogramIterationValue each : coarse.recordedValues()) {
            buckets.add(
                    new long[] {
                        each.getValueIteratedTo() / 1_000, each.getCountAtValueIteratedTo()
                    });
        }
        return new TickTimes(tick, budgetNanos / 1_000, buckets);
    }
}
