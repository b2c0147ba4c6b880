package dev.horizon.tools.soak;

import dev.horizon.tools.soak.NodeReader.Words;
import dev.horizon.tools.soak.bots.Fleet;
import dev.horizon.tools.soak.bots.Reading;
import dev.horizon.tools.soak.plan.Sample;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.SoakPlan;
import dev.horizon.tools.soak.plan.Totals;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Makes a sample of what the node and the bots say, and of what they said a second before. */
final class Sampler {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;

    /** Of the window for high percentiles. */
    private static final int WINDOW = 10;

    /** Readings of the schedule: a tick that began late reads later than the schedule is. */
    private static final int ORIGINS = 5;

    private final SoakPlan plan;
    private final SoakedNode node;
    private final NodeReader reader;
    private final Fleet fleet;
    private final boolean isHere;
    private final Deque<Histogram> window = new ArrayDeque<>();
    private final Deque<Double> origins = new ArrayDeque<>();
    private @Nullable Words before;
    private long lastNanos = System.nanoTime();
    private long lastBotNanos;

    /**
     * Begins.
     *
     * @param isHere true when the node is on this machine: then the clocks are one, and ages can be
     *     told
     */
    Sampler(SoakPlan plan, SoakedNode node, NodeReader reader, Fleet fleet, boolean isHere) {
        this.plan = plan;
        this.node = node;
        this.reader = reader;
        this.fleet = fleet;
        this.isHere = isHere;
    }

    /** From here on is counted. */
    void begin() {
        before = reader.read();
        lastNanos = System.nanoTime();
        node.errors();
        fleet.take();
    }

    /** The sample of a second that is over. */
    Sample take(double second) {
        Words now = reader.read();
        long nanos = System.nanoTime();
        double seconds = (nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        Map<Series, Double> values = new EnumMap<>(Series.class);
        Reading bots = fleet.take();
        ofBots(values, bots, seconds);
        values.put(Series.ASKED, (double) plan.playersAt(second));
        values.put(Series.NODE_ERRORS, (double) node.errors());
        values.put(Series.HEALTHY, 0.0);
        Histogram ticks = Totals.micros();
        double budgetMillis = 0;
        if (now != null) {
            budgetMillis = now.value("horizon_tick_budget_seconds") * KILO;
            Words from = isNewLife(now) ? null : before;
            ticks = ticksSince(now, from);
            ofTicks(values, ticks);
            ofNode(values, now);
            if (from != null) {
                rates(values, now, from, seconds);
            }
            schedule(now, from);
        }
        before = now;
        return new Sample(second, values, ticks, bots.ages(), bots.comebackMicros(), budgetMillis);
    }

    /** A node that was started again counts from the beginning. */
    private boolean isNewLife(Words now) {
        Words last = before;
        String cpu = "horizon_cpu_seconds_total";
        return last == null || now.value(cpu) < last.value(cpu);
    }

    private void ofBots(Map<Series, Double> values, Reading bots, double seconds) {
        values.put(Series.PLAYING, (double) bots.playing());
        values.put(Series.RECEIVED, bots.bytes() / KILO / seconds);
        values.put(Series.MESSAGES, bots.messages() / seconds);
        values.put(Series.INPUTS, bots.inputs() / seconds);
        values.put(Series.LOST, (double) bots.lost());
        values.put(Series.COMEBACKS, (double) bots.comebacks());
        values.put(Series.REFUSALS, (double) bots.refusals());
        values.put(Series.LOGINS_FAILED, (double) bots.loginsFailed());
        if (bots.ages().getTotalCount() > 0) {
            values.put(Series.AGE_P50, bots.ages().getValueAtPercentile(50) / KILO);
            values.put(Series.AGE_P99, bots.ages().getValueAtPercentile(99) / KILO);
            values.put(Series.AGE_MAX, bots.ages().getMaxValue() / KILO);
        }
        long botNanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(fleet.threadId());
        values.put(Series.BOT_SHARE, (botNanos - lastBotNanos) / 1e7 / seconds);
        lastBotNanos = botNanos;
        values.put(Series.BOT_LAG, bots.lag().getValueAtPercentile(99) / KILO);
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

    private void ofTicks(Map<Series, Double> values, Histogram ticks) {
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
        if (recent.getTotalCount() > 0) {
            values.put(Series.TICK_P99, recent.getValueAtPercentile(99) / KILO);
            values.put(Series.TICK_P999, recent.getValueAtPercentile(99.9) / KILO);
        }
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
        put(values, Series.OVER_BUDGET, since("horizon_tick_overruns_total", now, from));
        put(values, Series.SKIPPED, since("horizon_loop_total{what=\"ticks-skipped\"}", now, from));
        put(
                values,
                Series.FRAMES_DROPPED,
                since("horizon_gateway_frames_dropped_total", now, from));
        put(values, Series.NODE_CORES, since("horizon_cpu_seconds_total", now, from) / seconds);
        put(
                values,
                Series.ALLOCATION,
                since("horizon_allocated_bytes_total", now, from) / MEGA / seconds);
        sent(values, Series.SENT_CLOSE, "CLOSE", now, from, seconds);
        sent(values, Series.SENT_MEDIUM, "MEDIUM", now, from, seconds);
        sent(values, Series.SENT_LOW, "LOW", now, from, seconds);
        sent(values, Series.SENT_SENSOR, "SENSOR", now, from, seconds);
        // Collectors that work beside the program count their pauses apart.
        String pauses = now.sum("horizon_gc_collections_total", "Pauses") > 0 ? "Pauses" : "";
        put(
                values,
                Series.GC_PAUSE,
                (now.sum("horizon_gc_seconds_total", pauses)
                                - from.sum("horizon_gc_seconds_total", pauses))
                        * KILO
                        / seconds);
        String cycles = pauses.isEmpty() ? "" : "Cycles";
        put(
                values,
                Series.GC_COUNT,
                (now.sum("horizon_gc_collections_total", cycles)
                                - from.sum("horizon_gc_collections_total", cycles))
                        / seconds);
    }

    private static void sent(
            Map<Series, Double> values,
            Series series,
            String tier,
            Words now,
            Words from,
            double seconds) {
        String name = "horizon_frame_bytes_total{tier=\"" + tier + "\"}";
        put(values, series, since(name, now, from) / KILO / seconds);
    }

    private static double since(String name, Words now, Words from) {
        return now.value(name) - from.value(name);
    }

    /**
     * Tells the bots when ticks are due: the least of the latest readings. A loop that gave ticks
     * up, runs slower, or was started again has another schedule.
     */
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
        double least = origins.stream().mapToDouble(origin -> origin).min().orElse(0);
        if (isHere && least != 0) {
            fleet.schedule(
                    Math.round(least * 1e9),
                    Math.round(now.value("horizon_tick_budget_seconds") * 1e9));
        }
    }
}
