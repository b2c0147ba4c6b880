package dev.horizon.tools.soak;

import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every series, second by second. One thread. */
public final class TimeLine {
    private final List<double[]> rows = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, List<Double>> nodes = new TreeMap<>();

    void add(Sample sample) {
        double[] row = new double[Series.values().length];
        for (Series each : Series.values()) {
            row[each.ordinal()] = sample.value(each);
        }
        for (Sample.OfNode node : sample.nodes()) {
            List<Double> millis = nodes.computeIfAbsent(node.name(), name -> new ArrayList<>());
            while (millis.size() < rows.size()) {
                millis.add(Double.NaN);
            }
            millis.add(node.recentMillis());
        }
        seconds.add(sample.second());
        rows.add(row);
    }

    /** The nodes that could be read at some time, by name. */
    public Set<String> nodes() {
        return nodes.keySet();
    }

    /** What one of a hundred ticks of a node took in the last seconds, as {@link #of}. */
    public double[] tickMillis(String node) {
        List<Double> millis = nodes.getOrDefault(node, List.of());
        double[] values = new double[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i < millis.size() ? millis.get(i) : Double.NaN;
        }
        return values;
    }

    /** When each row was read. */
    public double[] seconds() {
        return seconds.stream().mapToDouble(second -> second).toArray();
    }

    /** One series; not a number where it couldn't be read. */
    public double[] of(Series series) {
        return rows.stream().mapToDouble(row -> row[series.ordinal()]).toArray();
    }

    /** Seconds in which the bots themselves were late, so that what they tell is partly theirs. */
    public int starvedSeconds() {
        double[] lag = of(Series.BOT_LAG);
        double[] share = of(Series.BOT_SHARE);
        int starved = 0;
        for (int i = 0; i < lag.length; i++) {
            if (lag[i] > LAG_MILLIS_MAX || share[i] > SHARE_MAX) {
                starved++;
            }
        }
        return starved;
    }

    /** A tick period of most games: who is later than that measures themselves. */
    public static final double LAG_MILLIS_MAX = 50;

    /** Of one processor, per cent. */
    public static final double SHARE_MAX = 85;
}
