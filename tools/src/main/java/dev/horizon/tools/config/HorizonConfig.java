package dev.horizon.tools.config;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.net.gateway.GatewayConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that can be set. "All that configuration can do, code can do": a test or a program builds
 * these records itself.
 *
 * @param node the process and its tick
 * @param gateway players' connections
 * @param channels who sees what, how often, how exactly
 * @param streams how frames travel
 * @param capture what is kept of the tape
 * @param profiles what is kept of players
 * @param mesh who decides what the node owns
 * @param standby another process that may take over
 * @param budgets what plugins' code may take of a tick
 * @param overload what is done while ticks take too long
 * @param plugins a free tree per plugin, bound by the plugin's own record
 */
public record HorizonConfig(
        NodeSettings node,
        GatewaySettings gateway,
        ChannelSettings channels,
        StreamSettings streams,
        CaptureSettings capture,
        ProfileSettings profiles,
        MeshSettings mesh,
        StandbySettings standby,
        BudgetSettings budgets,
        OverloadSettings overload,
        Map<String, Object> plugins) {
    /** The same for the channels: spread over as many streams as the transport has. */
    public ChannelConfig channelConfig() {
        return channels.channelConfig(streams.perTier());
    }

    /** The same for the tick loop; what isn't set here keeps the engine's default. */
    public TickConfig tickConfig() {
        TickConfig base = TickConfig.standard();
        return new TickConfig(
                node.tickHz(),
                base.inputsMax(),
                base.inputBytesMax(),
                capture.heldTicksMax(),
                base.heldFrameBytes(),
                base.heldMessageBytes(),
                base.heldProfileBytes(),
                base.lagTicksMax(),
                base.focusHz(),
                base.placeHz(),
                (int) gateway.resumeWindow().toSeconds(),
                (int) profiles.checkpoint().toSeconds(),
                base.checkpointBytesMax(),
                base.sessionsMax(),
                budgets.countBudget());
    }

    /**
     * Where the gateway is found, for people and programs alike.
     *
     * @param port that it listens on
     */
    public String address(int port) {
        return gatewayConfig().scheme() + "://" + node.bind() + ":" + port + "/";
    }

    /** The same for the gateway. */
    public GatewayConfig gatewayConfig() {
        return gateway.gatewayConfig(node.bind(), node.port());
    }

    /** The plugins' trees by plugin, for the plugin host. */
    public Map<String, Map<String, Object>> pluginTrees() {
        Map<String, Map<String, Object>> trees = new LinkedHashMap<>();
        plugins.forEach((name, tree) -> {
            if (!(tree instanceof Map<?, ?> map)) {
                throw new HorizonException(
                        "HZ-CFG-002",
                        "'plugins."
                                + name
                                + "' is '"
                                + tree
                                + "'; make it a table, as in [plugins."
                                + name
                                + "]");
            }
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
            trees.put(name, copy);
        });
        return trees;
    }

    /** The defaults. */
    public static HorizonConfig defaults() {
        return ConfigLoader.bind(List.of()).config();
    }
}
