package dev.horizon.perf.battle;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ratios of pairs that were measured in turns: their median, and how sure it is. */
final class Paired {
    private static final int DRAWS = 10_000;
    private static final double TAIL = 0.025;

    /** Of ticks, the dearest and the cheapest, that don't count. */
    private static final int TRIMMED_SHARE = 10;

    private Paired() {}

    /**
     * What the median of the pairs is within.
     *
     * @param from lower end of the interval of 95 %
     * @param to upper end
     */
    record Interval(double median, double from, double to) {}

    /** The interval, by drawing as many pairs again from those that were measured (bootstrap). */
    static Interval of(List<Double> ratios, long seed) {
        double[] measured = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        double[] medians = new double[DRAWS];
        double[] drawn = new double[measured.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = measured[random.nextInt(measured.length)];
            }
            medians[draw] = median(drawn);
        }
        Arrays.sort(medians);
        int tail = (int) (DRAWS * TAIL);
        return new Interval(median(measured), medians[tail], medians[DRAWS - 1 - tail]);
    }

    /** The mean of what is neither among the dearest tenth nor among the cheapest. */
    static double trimmedMean(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int off = sorted.length / TRIMMED_SHARE;
        return Arrays.stream(sorted, off, sorted.length - off).average().orElse(0);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
