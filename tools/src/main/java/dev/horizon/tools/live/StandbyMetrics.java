package dev.horizon.tools.live;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What both a node and its standby tell Prometheus of the two. */
public final class StandbyMetrics {
    private final PrometheusRegistry registry;
    private final Supplier<StandbyStatus> status;

    private StandbyMetrics(PrometheusRegistry registry, Supplier<StandbyStatus> status) {
        this.registry = registry;
        this.status = status;
    }

    /** Registers all of it. */
    public static void register(PrometheusRegistry registry, Supplier<StandbyStatus> status) {
        StandbyMetrics metrics = new StandbyMetrics(registry, status);
        metrics.gauge(
                "horizon_standby_attached",
                "1 while a standby may take over",
                s -> s.attached() ? 1 : 0);
        metrics.gauge(
                "horizon_standby_behind_bytes",
                "Bytes of the tape that the standby hasn't recorded",
                StandbyStatus::behindBytes);
        metrics.gauge(
                "horizon_standby_verified_tick",
                "The last tick that the standby ran again",
                StandbyStatus::verifiedTick);
        metrics.gauge(
                "horizon_standby_silent_seconds",
                "Time since the other of the two was heard",
                s -> s.silentMillis() / 1e3);
        metrics.gauge(
                "horizon_standby_alarm",
                "1 when a tick came to another world at the standby",
                s -> s.alarm().isEmpty() ? 0 : 1);
    }

    private void gauge(String name, String help, ToDoubleFunction<StandbyStatus> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(status.get())))
                .register(registry);
    }
}
