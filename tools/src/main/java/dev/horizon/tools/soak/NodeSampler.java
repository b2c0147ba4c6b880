package dev.horizon.tools.soak;

import dev.horizon.tools.soak.NodeReader.Words;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.Totals;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a node did in a second, of what it says now and of what it said a second before.
 */
final class NodeSampler {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;

    /** Of the window for high percentiles. */
    private static final int WINDOW = 10;

    /** Readings of the schedule: a tick that began late reads later than the schedule is. */
    private static final int ORIGINS = 5;

    /**
     * What it did.
     *
     * @param values that it told
     * @param node its ticks
     * @param budgetMillis that a tick may take
     */
    record Second(Map<Series, Double> values, Sample.OfNode node, double budgetMillis) {}

    private final String name;
    private final NodeReader reader;
    private final Deque<Histogram> window = new ArrayDeque<>();
    private final Deque<Double> origins = new ArrayDeque<>();
    private @Nullable Words before;

    /** Of the node of a name. */
    NodeSampler(String name, NodeReader reader) {
        this.name = name;
        this.reader = reader;
    }

    /** From here on is counted. */
    void begin() {
        before = reader.read();
    }

    /** What it did since the last time; null where it doesn't answer. */
    @Nullable Second take(double seconds) {
        Words now = reader.read();
        Words from = now == null || isNewLife(now) ? null : before;
        before = now;
        if (now == null) {
            return null;
        }
        Map<Series, Double> values = new EnumMap<>(Series.class);
        Histogram ticks = ticksSince(now, from);
        double recentMillis = ofTicks(values, ticks);
        ofNode(values, now);
        if (from != null) {
            rates(values, now, from, seconds);
        }
        schedule(now, from);
        return new Second(
                values,
                new Sample.OfNode(name, ticks, recentMillis),
                now.value("horizon_tick_budget_seconds") * KILO);
    }

    /**
     * When tick 0 would have begun, in seconds of the machine's monotonic clock: the least of the
     * latest readings; 0 while nobody knows.
     */
    double originSeconds() {
        return origins.stream().mapToDouble(origin -> origin).min().orElse(0);
    }

    /** A node that was started again counts from the beginning. */
    private boolean isNewLife(Words now) {
        Words last = before;
        return last == null || now.isNewLifeSince(last);
    }

    private static Histogram ticksSince(Words now, @Nullable Words from) {
        Histogram ticks = Totals.micros();
        now.tickCounts()
                .forEach((micros, count) -> {
                    long earlier = from == null ? 0 : from.tickCounts().getOrDefault(micros, 0L);
                    if (count > earlier) {
                        ticks.recordValueWithCount(Math.max(1, micros), count - earlier);
                    }
                });
        return ticks;
    }

    /** One in a hundred of the recent ticks takes longer. */
    private double ofTicks(Map<Series, Double> values, Histogram ticks) {
        window.addLast(ticks);
        if (window.size() > WINDOW) {
            window.removeFirst();
        }
        Histogram recent = Totals.micros();
        window.forEach(recent::add);
        values.put(Series.TICKS, (double) ticks.getTotalCount());
        if (ticks.getTotalCount() > 0) {
            values.put(Series.TICK_P50, ticks.getValueAtPercentile(50) / KILO);
            values.put(Series.TICK_MAX, ticks.getMaxValue() / KILO);
        }
        if (recent.getTotalCount() == 0) {
            return Double.NaN;
        }
        double millis = recent.getValueAtPercentile(99) / KILO;
        values.put(Series.TICK_P99, millis);
        values.put(Series.TICK_P999, recent.getValueAtPercentile(99.9) / KILO);
        return millis;
    }

    private static void ofNode(Map<Series, Double> values, Words now) {
        put(values, Series.HEALTHY, 100 * now.value("horizon_healthy"));
        put(values, Series.DILATION, 100 * now.value("horizon_time_rate"));
        put(values, Series.OVERLOAD_STEP, now.value("horizon_overload_step"));
        put(values, Series.LOAD, 100 * now.value("horizon_tick_load_ratio"));
        put(values, Series.HELD_TICKS, now.value("horizon_held_ticks"));
        put(values, Series.ENTITIES, now.value("horizon_entities"));
        put(values, Series.HEAP, now.value("horizon_heap_used_bytes") / MEGA);
        put(values, Series.HEAP_LIVE, now.value("horizon_heap_live_bytes") / MEGA);
        put(values, Series.METASPACE, now.value("horizon_metaspace_bytes") / MEGA);
        put(values, Series.RESIDENT, now.value("horizon_resident_bytes") / MEGA);
        put(values, Series.THREADS, now.value("horizon_threads"));
        put(values, Series.FILES, now.value("horizon_open_files"));
        put(values, Series.QUEUED, now.value("horizon_gateway_queued_bytes") / KILO);
        put(values, Series.QUEUED_MAX, now.value("horizon_gateway_queued_bytes_max") / KILO);
    }

    private static void put(Map<Series, Double> values, Series series, double value) {
        if (!Double.isNaN(value)) {
            values.put(series, value);
        }
    }

    private static void rates(Map<Series, Double> values, Words now, Words from, double seconds) {
        put(values, Series.OVER_BUDGET, now.since(from, "horizon_tick_overruns_total"));
        put(values, Series.SKIPPED, now.since(from, "horizon_loop_total{what=\"ticks-skipped\"}"));
        put(values, Series.FRAMES_DROPPED, now.since(from, "horizon_gateway_frames_dropped_total"));
        put(
                values,
                Series.FRAMES_LOST,
                now.since(from, "horizon_loop_total{what=\"frames-lost\"}") / seconds);
        put(values, Series.GAPS, now.since(from, "horizon_gateway_gaps_total") / seconds);
        double told =
                now.since(from, "horizon_gateway_messages_out_total")
                        + now.since(from, "horizon_gateway_nothing_new_total");
        put(
                values,
                Series.TOLD,
                told / Math.max(1, now.value("horizon_gateway_sessions")) / seconds);
        put(values, Series.NODE_CORES, now.since(from, "horizon_cpu_seconds_total") / seconds);
        put(
                values,
                Series.ALLOCATION,
                now.since(from, "horizon_allocated_bytes_total") / MEGA / seconds);
        sent(values, Series.SENT_CLOSE, "CLOSE", now, from, seconds);
        sent(values, Series.SENT_MEDIUM, "MEDIUM", now, from, seconds);
        sent(values, Series.SENT_LOW, "LOW", now, from, seconds);
        sent(values, Series.SENT_SENSOR, "SENSOR", now, from, seconds);
        // Collectors that work beside the program count their pauses apart.
        String pauses = now.sum("horizon_gc_collections_total", "Pauses") > 0 ? "Pauses" : "";
        put(
                values,
                Series.GC_PAUSE,
                now.since(from, "horizon_gc_seconds_total", pauses) * KILO / seconds);
        String cycles = pauses.isEmpty() ? "" : "Cycles";
        put(
                values,
                Series.GC_COUNT,
                now.since(from, "horizon_gc_collections_total", cycles) / seconds);
    }

    private static void sent(
            Map<Series, Double> values,
            Series series,
            String tier,
            Words now,
            Words from,
            double seconds) {
        String name = "horizon_frame_bytes_total{tier=\"" + tier + "\"}";
        put(values, series, now.since(from, name) / KILO / seconds);
    }

    /** A loop that gave ticks up, runs slower, or was started again has another schedule. */
    private void schedule(Words now, @Nullable Words from) {
        String skipped = "horizon_loop_total{what=\"ticks-skipped\"}";
        if (from == null
                || now.value(skipped) != from.value(skipped)
                || now.value("horizon_time_rate") < 1) {
            origins.clear();
        }
        origins.addLast(now.value("horizon_tick_origin_seconds"));
        if (origins.size() > ORIGINS) {
            origins.removeFirst();
        }
    }
}
