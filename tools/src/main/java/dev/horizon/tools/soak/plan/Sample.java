package dev.horizon.tools.soak.plan;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was read in one second. Histograms count microseconds.
 *
 * @param second from the beginning
 * @param values of each series that could be read
 * @param nodes what came of each node that could be read
 * @param ages how old each message was when it came
 * @param comebacks how long each player who came back was away
 * @param gaps how long each player who came to another node was told nothing of their ship
 * @param budgetMillis a tick may take; 0 where the node didn't say
 */
public record Sample(
        double second,
        Map<Series, Double> values,
        List<OfNode> nodes,
        Histogram ages,
        Histogram comebacks,
        Histogram gaps,
        double budgetMillis) {
    /**
     * What came of one node.
     *
     * @param name of it
     * @param ticks what each tick of the second took
     * @param recentMillis what one tick in a hundred of the last seconds took at least; not a
     *     number where there were none
     */
    public record OfNode(String name, Histogram ticks, double recentMillis) {}

    /** Copies the values. */
    public Sample {
        nodes = List.copyOf(nodes);
        values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
    }

    /** Not a number where it couldn't be read. */
    public double value(Series of) {
        return values.getOrDefault(of, Double.NaN);
    }
}
