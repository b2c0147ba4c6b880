package dev.horizon.tools.soak.plan;

import dev.horizon.engine.plugin.Default;
import java.util.Arrays;

/**
 * What a figure must come to.
 *
 * @param figure by name, one of {@link Measure}
 * @param stage that it is of; empty for the whole soak
 * @param min that holds
 * @param max that holds
 */
public record ThresholdPlan(
        String figure,
        @Default("") String stage,
        @Default("-1e300") double min,
        @Default("1e300") double max) {
    private static final double NONE = 1e300;

    /** Refuses figures that nobody measures. */
    public ThresholdPlan {
        SoakPlan.require(
                Measure.named(figure) != null,
                "nobody measures '"
                        + figure
                        + "'"
                        + SoakPlan.meant(
                                figure,
                                Arrays.stream(Measure.values()).map(Measure::word).toList()));
        SoakPlan.require(
                min > -NONE || max < NONE, "threshold of " + figure + ": set max, min or both");
        SoakPlan.require(min <= max, "threshold of " + figure + ": its min is above its max");
    }

    /** A figure that nobody could measure holds no goal. */
    public boolean holds(double value) {
        return value >= min && value <= max;
    }

    /** As in {@code <= 25 ms}. */
    public String goal(String unit) {
        String behind = unit.isEmpty() ? "" : " " + unit;
        if (min <= -NONE) {
            return "<= " + plain(max) + behind;
        }
        return max >= NONE
                ? ">= " + plain(min) + behind
                : plain(min) + " to " + plain(max) + behind;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
