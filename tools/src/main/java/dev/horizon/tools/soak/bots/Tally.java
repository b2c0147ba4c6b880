package dev.horizon.tools.soak.bots;

import dev.horizon.tools.soak.plan.Totals;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What all bots met since it was last taken. The crowd's thread alone. */
final class Tally {
    /** Texts of a kind that are told apart; the rest are one. */
    private static final int CAUSES_MAX = 50;

    long bytes;
    long messages;
    long inputs;
    long lost;
    long comebacks;
    long refusals;
    long loginsFailed;
    long crossings;
    long shipsLost;

    /** Since the beginning. */
    long crossers;

    private Histogram ages = Totals.micros();
    private Histogram comebackMicros = Totals.micros();
    private Histogram gaps = Totals.micros();
    private Histogram lag = Totals.micros();

    /** Since the beginning: what was refused, and why connections ended; by text, with numbers. */
    private final Map<String, Integer> causes = new TreeMap<>();

    void age(long nanos) {
        record(ages, nanos);
    }

    void comeback(long nanos) {
        comebacks++;
        record(comebackMicros, nanos);
    }

    void gap(long nanos) {
        record(gaps, nanos);
    }

    void lag(long nanos) {
        record(lag, nanos);
    }

    void cause(String text) {
        String key = causes.size() < CAUSES_MAX || causes.containsKey(text) ? text : "others";
        causes.merge(key, 1, Integer::sum);
    }

    Map<String, Integer> causes() {
        return new TreeMap<>(causes);
    }

    private static void record(Histogram to, long nanos) {
        to.recordValue(Math.clamp(nanos / 1_000, 1, to.getHighestTrackableValue()));
    }

    /** What there is, and begins anew. */
    Reading take(int playing) {
        Reading reading =
                new Reading(
                        playing,
                        bytes,
                        messages,
                        inputs,
                        lost,
                        comebacks,
                        refusals,
                        loginsFailed,
                        crossings,
                        crossers,
                        shipsLost,
                        ages,
                        comebackMicros,
                        gaps,
                        lag);
        bytes = 0;
        messages = 0;
        inputs = 0;
        lost = 0;
        comebacks = 0;
        refusals = 0;
        loginsFailed = 0;
        crossings = 0;
        shipsLost = 0;
        ages = Totals.micros();
        comebackMicros = Totals.micros();
        gaps = Totals.micros();
        lag = Totals.micros();
        return reading;
    }
}
