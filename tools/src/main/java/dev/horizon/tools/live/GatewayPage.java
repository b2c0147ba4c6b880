package dev.horizon.tools.live;

import dev.horizon.net.gateway.GatewayMetrics;
import dev.horizon.net.streams.FrameSubscriber;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a gateway in a process of its own, for Prometheus: worked out when asked for, and
 * nothing of it made before. Thread-safe.
 */
public final class GatewayPage {
    private final Supplier<GatewayMetrics.@Nullable Snapshot> gateway;
    private final Supplier<List<HeardNode>> nodes;
    private @Nullable PrometheusRegistry made;

    /**
     * Of a gateway.
     *
     * @param gateway what it counts; null until it is there
     * @param nodes that it hears, in its order
     */
    public GatewayPage(
            Supplier<GatewayMetrics.@Nullable Snapshot> gateway, Supplier<List<HeardNode>> nodes) {
        this.gateway = gateway;
        this.nodes = nodes;
    }

    /** All figures in Prometheus' text format. */
    public String exposition() {
        return Exposition.of(registry());
    }

    private synchronized PrometheusRegistry registry() {
        PrometheusRegistry registry = made;
        if (registry == null) {
            registry = new PrometheusRegistry();
            GatewayFigures.register(registry, gateway);
            nodes(registry);
            received(registry);
            ProcessMetrics.register(registry);
            made = registry;
        }
        return registry;
    }

    private void nodes(PrometheusRegistry registry) {
        node(registry, "there", "1 while a node is heard", node -> node.isThere() ? 1 : 0);
        node(registry, "tick", "The last tick of a node that was heard of", HeardNode::tick);
    }

    private void node(
            PrometheusRegistry registry,
            String what,
            String help,
            ToDoubleFunction<HeardNode> value) {
        GaugeWithCallback.builder()
                .name("horizon_gateway_node_" + what)
                .help(help)
                .labelNames("node")
                .callback(callback ->
                        nodes.get()
                                .forEach(node ->
                                        callback.call(value.applyAsDouble(node), node.address())))
                .register(registry);
    }

    private void received(PrometheusRegistry registry) {
        received(
                registry,
                "frames",
                "Frames of a node that came, watched or not",
                FrameSubscriber.Received::frames);
        received(registry, "bytes", "Bytes of those", FrameSubscriber.Received::bytes);
        received(
                registry,
                "unneeded_bytes",
                "Bytes of those that nobody at the gateway needs",
                FrameSubscriber.Received::bytesBeyondNeed);
    }

    private void received(
            PrometheusRegistry registry,
            String what,
            String help,
            ToDoubleFunction<FrameSubscriber.Received> value) {
        CounterWithCallback.builder()
                .name("horizon_gateway_received_" + what)
                .help(help)
                .labelNames("node", "tier")
                .callback(callback -> {
                    for (HeardNode node : nodes.get()) {
                        node.received()
                                .forEach((tier, came) ->
                                        callback.call(
                                                value.applyAsDouble(came),
                                                node.address(),
                                                tier.name()));
                    }
                })
                .register(registry);
    }
}
