package dev.horizon.tools.live;

import dev.horizon.net.gateway.GatewayMetrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells Prometheus, inside a node's process or in one of its own; nothing until it
 * is there.
 */
final class GatewayFigures {
    private final PrometheusRegistry registry;
    private final Supplier<GatewayMetrics.@Nullable Snapshot> gateway;

    private GatewayFigures(
            PrometheusRegistry registry, Supplier<GatewayMetrics.@Nullable Snapshot> gateway) {
        this.registry = registry;
        this.gateway = gateway;
    }

    /** Registers all of it. */
    static void register(
            PrometheusRegistry registry, Supplier<GatewayMetrics.@Nullable Snapshot> gateway) {
        GatewayFigures figures = new GatewayFigures(registry, gateway);
        figures.gauges();
        figures.counters();
        figures.waiting();
        figures.told();
        CounterWithCallback.builder()
                .name("horizon_gateway_refusals")
                .help("What clients sent and was refused")
                .labelNames("code")
                .callback(callback -> {
                    GatewayMetrics.Snapshot now = gateway.get();
                    if (now != null) {
                        now.refusals().forEach((code, count) -> callback.call(count, code));
                    }
                })
                .register(registry);
    }

    private void gauges() {
        gauge("horizon_gateway_connections", "Open sockets", GatewayMetrics.Snapshot::connections);
        gauge(
                "horizon_gateway_strangers",
                "Open sockets that haven't said hello",
                GatewayMetrics.Snapshot::strangers);
        gauge(
                "horizon_gateway_sessions",
                "Sessions, those that wait for their player included",
                GatewayMetrics.Snapshot::sessions);
        gauge("horizon_gateway_channels", "Channels watched", GatewayMetrics.Snapshot::channels);
    }

    private void waiting() {
        gauge(
                "horizon_gateway_queued_bytes",
                "Bytes that wait for clients",
                GatewayMetrics.Snapshot::queuedBytes);
        gauge(
                "horizon_gateway_queued_bytes_max",
                "Bytes that wait for the client with most",
                GatewayMetrics.Snapshot::queuedBytesMax);
        gauge(
                "horizon_gateway_commands_waiting",
                "What clients sent and the gateway's agent has not taken yet",
                GatewayMetrics.Snapshot::commandsWaiting);
        gauge(
                "horizon_gateway_inputs_waiting",
                "Inputs that nodes have not taken yet",
                GatewayMetrics.Snapshot::inputsWaiting);
    }

    private void told() {
        gauge(
                "horizon_gateway_telling_seconds",
                "What it took to tell clients the last tick",
                snapshot -> snapshot.tellingNanos() / 1e9);
        counter(
                "horizon_gateway_messages_out",
                "Messages to clients",
                GatewayMetrics.Snapshot::messagesOut);
        counter("horizon_gateway_bytes_out", "Bytes of those", GatewayMetrics.Snapshot::bytesOut);
        counter(
                "horizon_gateway_near_bytes_out",
                "Bytes of those that tell of CLOSE and MEDIUM",
                GatewayMetrics.Snapshot::nearBytesOut);
        counter(
                "horizon_gateway_nothing_new",
                "Ticks of which a client was told nothing: nothing was new",
                GatewayMetrics.Snapshot::nothingNew);
        counter(
                "horizon_gateway_left_out",
                "Times that a client was told nothing: it still had the last to take",
                GatewayMetrics.Snapshot::leftOut);
        registry.register(new ToldAges(gateway));
    }

    private void counters() {
        counter(
                "horizon_gateway_accepted",
                "Connections that came",
                GatewayMetrics.Snapshot::accepted);
        counter(
                "horizon_gateway_logins",
                "Sessions that a node took, new or come back",
                GatewayMetrics.Snapshot::logins);
        counter(
                "horizon_gateway_messages_in",
                "Messages of clients",
                GatewayMetrics.Snapshot::messagesIn);
        counter("horizon_gateway_bytes_in", "Bytes of those", GatewayMetrics.Snapshot::bytesIn);
        counter(
                "horizon_gateway_frames_in",
                "Frames of nodes that came, of channels that are watched",
                GatewayMetrics.Snapshot::framesIn);
        counter(
                "horizon_gateway_frames_dropped",
                "Frames dropped for clients that were too slow",
                GatewayMetrics.Snapshot::framesDropped);
        counter(
                "horizon_gateway_gaps",
                "Frames of the node lost on the way",
                GatewayMetrics.Snapshot::gaps);
        counter(
                "horizon_gateway_keyframe_requests",
                "Keyframes asked of the node",
                GatewayMetrics.Snapshot::keyframeRequests);
        counter(
                "horizon_gateway_faults",
                "Faults of the gateway's own; each was logged",
                GatewayMetrics.Snapshot::faults);
    }

    private void gauge(String name, String help, ToDoubleFunction<GatewayMetrics.Snapshot> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    GatewayMetrics.Snapshot now = gateway.get();
                    if (now != null) {
                        callback.call(value.applyAsDouble(now));
                    }
                })
                .register(registry);
    }

    private void counter(
            String name, String help, ToDoubleFunction<GatewayMetrics.Snapshot> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> {
                    GatewayMetrics.Snapshot now = gateway.get();
                    if (now != null) {
                        callback.call(value.applyAsDouble(now));
                    }
                })
                .register(registry);
    }
}
