package dev.horizon.tools.soak.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
final class Axis {
    private static final int TICKS = 4;
    private static final double[] TIME_STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400
    };
    private static final int TIMES_MAX = 10;

    private Axis() {}

    /** A round number that is no less. */
    static double top(double most, boolean isLog) {
        if (isLog) {
            return Math.max(10, Math.pow(10, Math.ceil(Math.log10(Math.max(1, most)) - 1e-9)));
        }
        return most <= 0 ? 1 : step(most) * Math.ceil(most / step(most));
    }

    private static double step(double most) {
        double rough = most / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    static List<Double> ticks(double top, boolean isLog, double least) {
        List<Double> ticks = new ArrayList<>();
        if (isLog) {
            for (double at = least; at <= top * 1.01; at *= 10) {
                ticks.add(at);
            }
        } else {
            double step = step(top);
            for (int i = 0; i * step <= top * 1.01; i++) {
                ticks.add(i * step);
            }
        }
        return ticks;
    }

    static List<Double> times(double end) {
        double step = TIME_STEPS[TIME_STEPS.length - 1];
        for (int i = TIME_STEPS.length - 1; i >= 0 && end / TIME_STEPS[i] <= TIMES_MAX; i--) {
            step = TIME_STEPS[i];
        }
        List<Double> times = new ArrayList<>();
        for (int i = 0; i * step <= end; i++) {
            times.add(i * step);
        }
        return times;
    }

    static String label(double value) {
        return value >= 1_000
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value < 1 && value > 0 ? "%.2g" : "%.4g", value)
                        .replaceFirst("\\.?0+$", "");
    }

    /** As a clock shows it. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", whole / 3_600, whole / 60 % 60, whole % 60);
    }
}
