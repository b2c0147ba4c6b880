package dev.horizon.tools.live;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** A node's figures for Prometheus: read from the node when asked for, never kept. */
final class NodeMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final LiveNode node;

    /** Of the scrape that is under way: working it out takes more than all else. */
    private NodeStatus status;

    NodeMetrics(LiveNode node) {
        this.node = node;
        status = node.status();
        gauge("horizon_tick", "The last tick that ended", NodeStatus::tick);
        gauge(
                "horizon_tick_budget_seconds",
                "Time that a tick may take",
                status -> status.budgetMillis() / 1e3);
        gauge(
                "horizon_tick_origin_seconds",
                "When tick 0 would have begun, on the machine's monotonic clock",
                status -> status.tickOriginNanos() / 1e9);
        gauge("horizon_entities", "Entities alive", NodeStatus::entities);
        gauge("horizon_players", "Players with a session", NodeStatus::players);
        gauge(
                "horizon_healthy",
                "1 while ticks advance and reach a subscriber in time",
                status -> status.healthy() ? 1 : 0);
        gauge(
                "horizon_overload_step",
                "How far the node goes against overload: 0 normal, 1 far tiers slower, 2 CLOSE"
                        + " tighter, 3 cosmetics shed, 4 time dilated",
                status -> status.overload().number());
        gauge(
                "horizon_tick_load_ratio",
                "What recent ticks took of their budget on average",
                status -> status.overload().loadPercent() / 1e2);
        counter("horizon_tick_overruns", "Ticks beyond the budget", NodeStatus::overruns);
        counter(
                "horizon_budget_overruns",
                "Times that a plugin or system took more of a tick than its budget",
                NodeStatus::budgetOverruns);
        tickTimes();
        tape();
        StandbyMetrics.register(registry, node::standby);
        tiers();
        systems();
        events();
        CounterWithCallback.builder()
                .name("horizon_loop")
                .help("What the tick loop counts")
                .labelNames("what")
                .callback(callback ->
                        node.counters().forEach((what, count) -> callback.call(count, what)))
                .register(registry);
        GatewayFigures.register(registry, node::gatewayFigures);
        ProcessMetrics.register(registry);
    }

    private void tape() {
        tape(
                "horizon_recording",
                "1 while the Archive records; the node pauses without",
                tape -> tape.recording() ? 1 : 0);
        tape(
                "horizon_held_ticks",
                "Ticks whose effects wait for the recorder",
                TapeStatus::heldTicks);
        tape(
                "horizon_time_rate",
                "Simulated time per real time",
                tape -> tape.dilationPermille() / 1e3);
        tape("horizon_snapshot_tick", "Tick of the last snapshot", TapeStatus::snapshotTick);
        tape("horizon_snapshot_bytes", "Bytes of the last snapshot", TapeStatus::snapshotBytes);
        tapeCounter(
                "horizon_pauses", "Times that a tick waited for the recorder", TapeStatus::pauses);
        tapeCounter("horizon_snapshots", "Snapshots written", TapeStatus::snapshots);
        tapeCounter(
                "horizon_snapshots_failed",
                "Snapshots that could not be written",
                TapeStatus::snapshotsFailed);
    }

    private void tape(String name, String help, ToDoubleFunction<TapeStatus> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(node.tape())))
                .register(registry);
    }

    private void tapeCounter(String name, String help, ToDoubleFunction<TapeStatus> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(node.tape())))
                .register(registry);
    }

    /** All figures in Prometheus' text format. */
    synchronized String exposition() {
        status = node.status();
        return Exposition.of(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<NodeStatus> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(status)))
                .register(registry);
    }

    private void counter(String name, String help, ToDoubleFunction<NodeStatus> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.applyAsDouble(status)))
                .register(registry);
    }

    private void tickTimes() {
        GaugeWithCallback.builder()
                .name("horizon_tick_seconds")
                .help("Duration of recent ticks")
                .labelNames("quantile")
                .callback(callback -> {
                    NodeStatus.TickMillis millis = status.tickMillis();
                    callback.call(millis.p50() / 1e3, "0.5");
                    callback.call(millis.p99() / 1e3, "0.99");
                    callback.call(millis.p999() / 1e3, "0.999");
                    callback.call(millis.max() / 1e3, "1");
                })
                .register(registry);
    }

    private void tiers() {
        tier("horizon_frames", "Frames published", TierStatus::frames);
        tier("horizon_frame_bytes", "Bytes of frames published", TierStatus::bytes);
    }

    private void tier(String name, String help, ToDoubleFunction<TierStatus> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("tier")
                .callback(callback ->
                        node.tiers()
                                .forEach(tier ->
                                        callback.call(value.applyAsDouble(tier), tier.tier())))
                .register(registry);
    }

    private void systems() {
        GaugeWithCallback.builder()
                .name("horizon_system_seconds")
                .help("Duration of one tick of a system, 99th percentile")
                .labelNames("system")
                .callback(callback ->
                        node.systems().forEach(s -> callback.call(s.p99Micros() / 1e6, s.name())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("horizon_system_quarantined")
                .help("1 for a system that threw and is skipped")
                .labelNames("system")
                .callback(callback ->
                        node.systems()
                                .forEach(s -> callback.call(s.quarantined() ? 1 : 0, s.name())))
                .register(registry);
    }

    private void events() {
        CounterWithCallback.builder()
                .name("horizon_events")
                .help("Events dispatched")
                .labelNames("event")
                .callback(callback ->
                        node.events().forEach(e -> callback.call(e.dispatched(), e.name())))
                .register(registry);
    }
}
