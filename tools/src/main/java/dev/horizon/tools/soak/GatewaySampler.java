package dev.horizon.tools.soak;

import dev.horizon.tools.soak.NodeReader.Words;
import dev.horizon.tools.soak.plan.Series;
import dev.horizon.tools.soak.plan.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Works out what gateways in processes of their own did in a second, all together, of what they say
 * now and of what they said a second before.
 */
final class GatewaySampler {
    private static final double MEGA = 1e6;
    private static final double KILO = 1e3;
    private static final double MICROS = 1e6;
    private static final String AGES = "horizon_gateway_age_seconds_bucket{le=\"";

    private final List<NodeReader> readers;
    private final List<@Nullable Words> before = new ArrayList<>();

    /** Of none or more. */
    GatewaySampler(List<NodeReader> readers) {
        this.readers = readers;
    }

    /** From here on is counted. */
    void begin() {
        before.clear();
        readers.forEach(reader -> before.add(reader.readGateway()));
    }

    /**
     * Puts what they did since the last time, as far as they answer.
     *
     * @return how old ticks were when players had been told of them, microseconds
     */
    Histogram take(Map<Series, Double> values, double seconds) {
        Histogram ages = Totals.micros();
        double told = 0;
        double sessions = 0;
        for (int i = 0; i < readers.size(); i++) {
            Words now = readers.get(i).readGateway();
            Words last = before.set(i, now);
            if (now == null) {
                continue;
            }
            state(values, now);
            if (last != null && !now.isNewLifeSince(last)) {
                rates(values, now, last, seconds);
                ages(ages, now, last);
                told +=
                        now.since(last, "horizon_gateway_messages_out_total")
                                + now.since(last, "horizon_gateway_nothing_new_total");
                sessions += now.value("horizon_gateway_sessions");
            }
        }
        if (sessions > 0) {
            values.put(Series.TOLD, told / sessions / seconds);
        }
        return ages;
    }

    private static void state(Map<Series, Double> values, Words now) {
        add(values, Series.QUEUED, now.value("horizon_gateway_queued_bytes") / KILO);
        add(values, Series.QUEUED_MAX, now.value("horizon_gateway_queued_bytes_max") / KILO);
        add(values, Series.GATEWAY_RESIDENT, now.value("horizon_resident_bytes") / MEGA);
        add(values, Series.GATEWAY_HEAP_LIVE, now.value("horizon_heap_live_bytes") / MEGA);
    }

    private static void rates(Map<Series, Double> values, Words now, Words last, double seconds) {
        add(values, Series.FRAMES_DROPPED, now.since(last, "horizon_gateway_frames_dropped_total"));
        add(values, Series.GAPS, now.since(last, "horizon_gateway_gaps_total") / seconds);
        add(values, Series.GATEWAY_CORES, now.since(last, "horizon_cpu_seconds_total") / seconds);
    }

    private static void add(Map<Series, Double> values, Series series, double value) {
        if (!Double.isNaN(value)) {
            values.merge(series, value, series::ofTwo);
        }
    }

    /** Buckets have all that is no older than they say: each counts what the next less hasn't. */
    private static void ages(Histogram ages, Words now, Words last) {
        List<Double> seconds =
                now.metrics().keySet().stream()
                        .filter(name -> name.startsWith(AGES))
                        .map(name -> name.substring(AGES.length(), name.length() - 2))
                        .map(le ->
                                le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.valueOf(le))
                        .sorted()
                        .toList();
        double counted = 0;
        for (double up : seconds) {
            String le = Double.isInfinite(up) ? "+Inf" : Double.toString(up);
            double younger = now.since(last, AGES + le + "\"}");
            long count = Math.round(younger - counted);
            counted = younger;
            if (count > 0) {
                double micros = Math.min(up * MICROS, ages.getHighestTrackableValue());
                ages.recordValueWithCount(Math.round(micros), count);
            }
        }
    }
}
