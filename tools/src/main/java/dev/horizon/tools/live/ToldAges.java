package dev.horizon.tools.live;

import dev.horizon.net.gateway.GatewayMetrics;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How old ticks were when clients had been told of them, as a histogram of Prometheus. */
record ToldAges(Supplier<GatewayMetrics.@Nullable Snapshot> gateway) implements Collector {
    @Override
    public MetricSnapshot collect() {
        HistogramSnapshot.Builder histogram =
                HistogramSnapshot.builder()
                        .name("horizon_gateway_age_seconds")
                        .help(
                                "Age of ticks when clients had been told of them, from when they"
                                        + " could be heard at the earliest; counted by client");
        GatewayMetrics.Snapshot now = gateway.get();
        if (now != null) {
            GatewayMetrics.Ages ages = now.ages();
            histogram.dataPoint(
                    HistogramSnapshot.HistogramDataPointSnapshot.builder()
                            .classicHistogramBuckets(
                                    ClassicHistogramBuckets.of(ages.seconds(), ages.counts()))
                            .sum(ages.sumSeconds())
                            .build());
        }
        return histogram.build();
    }
}
