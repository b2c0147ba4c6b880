package dev.horizon.tools.soak.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What came of a stage, or of all of them: grows by one second after the other. */
public final class Totals {
    private static final int SERIES = Series.values().length;
    private static final long SLOWEST_MICROS = 600_000_000;

    private final double[] sum = new double[SERIES];
    private final double[] max = new double[SERIES];
    private final double[] min = new double[SERIES];
    private final long[] count = new long[SERIES];
    private final Map<String, Histogram> ticks = new TreeMap<>();
    private final Histogram ages = micros();
    private final Histogram comebacks = micros();
    private final Histogram gaps = micros();
    private double budgetMillis;
    private double recoverySeconds;
    private double offendersGoneSeconds;
    private int nodeEnds;

    // Least squares of the live heap over time.
    private double sumTime;
    private double sumTimeSquared;
    private double sumHeap;
    private double sumTimeHeap;
    private long heaps;

    /** A histogram of times in microseconds, up to ten minutes. */
    public static Histogram micros() {
        return new Histogram(1, SLOWEST_MICROS, 2);
    }

    /** Adds what was read in a second. */
    public void add(Sample sample) {
        for (Series each : Series.values()) {
            double value = sample.value(each);
            int at = each.ordinal();
            if (!Double.isNaN(value)) {
                max[at] = count[at] == 0 ? value : Math.max(max[at], value);
                min[at] = count[at] == 0 ? value : Math.min(min[at], value);
                sum[at] += value;
                count[at]++;
            }
        }
        for (Sample.OfNode node : sample.nodes()) {
            ticks.computeIfAbsent(node.name(), name -> micros()).add(node.ticks());
        }
        ages.add(sample.ages());
        comebacks.add(sample.comebacks());
        gaps.add(sample.gaps());
        budgetMillis = sample.budgetMillis() > 0 ? sample.budgetMillis() : budgetMillis;
        double heap = sample.value(Series.HEAP_LIVE);
        if (!Double.isNaN(heap)) {
            heaps++;
            sumTime += sample.second();
            sumTimeSquared += sample.second() * sample.second();
            sumHeap += heap;
            sumTimeHeap += sample.second() * heap;
        }
    }

    /** What a tick may take; 0 while the node hasn't said. */
    public double budgetMillis() {
        return budgetMillis;
    }

    /** The node was well again, so long after it was killed. */
    public void recovered(double seconds) {
        recoverySeconds = Math.max(recoverySeconds, seconds);
    }

    /** Offenders were there for so long at most. */
    public void raided(double seconds) {
        offendersGoneSeconds = Math.max(offendersGoneSeconds, seconds);
    }

    /** The node ended though nobody had asked it to. */
    public void nodeEnded() {
        nodeEnds++;
    }

    double sum(Series of) {
        return sum[of.ordinal()];
    }

    /** The sum; not a number where nothing was read. */
    double counted(Series of) {
        return count[of.ordinal()] == 0 ? Double.NaN : sum[of.ordinal()];
    }

    /** Not a number where nothing was read. */
    double max(Series of) {
        return count[of.ordinal()] == 0 ? Double.NaN : max[of.ordinal()];
    }

    double min(Series of) {
        return count[of.ordinal()] == 0 ? Double.NaN : min[of.ordinal()];
    }

    double mean(Series of) {
        return count[of.ordinal()] == 0 ? Double.NaN : sum[of.ordinal()] / count[of.ordinal()];
    }

    /** The nodes that could be read, by name. */
    public Set<String> nodes() {
        return ticks.keySet();
    }

    /** What a part of a node's ticks took at most; not a number where there were none. */
    public double tickMillis(String node, double percentile) {
        Histogram of = ticks.get(node);
        return of == null ? Double.NaN : millis(of, percentile);
    }

    /** The worst node's. */
    double tickMillis(double percentile) {
        return ticks.values().stream()
                .mapToDouble(of -> millis(of, percentile))
                .filter(millis -> !Double.isNaN(millis))
                .max()
                .orElse(Double.NaN);
    }

    double gapMillis(double percentile) {
        return millis(gaps, percentile);
    }

    double ageMillis(double percentile) {
        return millis(ages, percentile);
    }

    double comebackSeconds(double percentile) {
        return comebacks.getTotalCount() == 0
                ? 0
                : comebacks.getValueAtPercentile(percentile) / 1e6;
    }

    private static double millis(Histogram of, double percentile) {
        return of.getTotalCount() == 0 ? Double.NaN : of.getValueAtPercentile(percentile) / 1e3;
    }

    double ofBudget(double percentile) {
        return 100 * tickMillis(percentile) / budgetMillis;
    }

    double recoverySeconds() {
        return recoverySeconds;
    }

    double offendersGoneSeconds() {
        return offendersGoneSeconds;
    }

    double nodeEnds() {
        return nodeEnds;
    }

    /** Megabytes an hour that the live heap grows by, as a straight line through all readings. */
    double heapGrowth() {
        double spread = heaps * sumTimeSquared - sumTime * sumTime;
        return spread <= 0 ? 0 : 3_600 * (heaps * sumTimeHeap - sumTime * sumHeap) / spread;
    }

    /** Bytes a second that a player who is in receives. */
    double bytesPerPlayer() {
        return 1_000 * sum(Series.RECEIVED) / Math.max(1, sum(Series.PLAYING));
    }
}
