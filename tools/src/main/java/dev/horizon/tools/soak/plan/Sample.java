package dev.horizon.tools.soak.plan;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was read in one second. Histograms count microseconds.
 *
 * @param second from the beginning
 * @param values of each series that could be read
 * @param ticks what each tick of it took
 * @param ages how old each message was when it came
 * @param comebacks how long each player who came back was away
 * @param budgetMillis a tick may take; 0 where the node didn't say
 */
public record Sample(
        double second,
        Map<Series, Double> values,
        Histogram ticks,
        Histogram ages,
        Histogram comebacks,
        double budgetMillis) {
    /** Copies the values. */
    public Sample {
        values = values.isEmpty() ? Map.of() : new EnumMap<>(values);
    }

    /** Not a number where it couldn't be read. */
    public double value(Series of) {
        return values.getOrDefault(of, Double.NaN);
    }
}
