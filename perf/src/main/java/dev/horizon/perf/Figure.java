package dev.horizon.perf;

import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param name what was measured
 * @param value the number
 * @param unit of the number
 * @param goal what it has to reach, as in {@code <= 1.3}, or null where it is for information
 * @param holds true where the goal is reached or there is none
 */
public record Figure(String name, double value, String unit, @Nullable String goal, boolean holds) {
    /** A number without a goal. */
    public static Figure plain(String name, double value, String unit) {
        return new Figure(name, value, unit, null, true);
    }

    /** A number that must not be above a bound. */
    public static Figure atMost(String name, double value, String unit, double bound) {
        return new Figure(name, value, unit, "<= " + bound, value <= bound);
    }

    /** A number that must not be below a bound. */
    public static Figure atLeast(String name, double value, String unit, double bound) {
        return new Figure(name, value, unit, ">= " + bound, value >= bound);
    }
}
