package dev.horizon.tools.live;

import dev.horizon.engine.query.Condition;
import dev.horizon.engine.tick.RegionCosts;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.net.gateway.GatewayMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the API reads of a running node. Every method may be called from any thread and never makes
 * the tick wait.
 */
public interface LiveNode {
    /** The node at a glance. */
    NodeStatus status();

    /** What its ticks took since the start. */
    TickTimes tickTimes();

    /** What its tick loop counts, by name. */
    Map<String, Long> counters();

    /** What the gateway of its process counts; null until there is one. */
    GatewayMetrics.@Nullable Snapshot gatewayFigures();

    /** Its tape and snapshots. */
    TapeStatus tape();

    /** Its standby. */
    StandbyStatus standby();

    /**
     * Lets go of its standby; waits for the standby's word.
     *
     * @param isStandbyGone an operator vouches that it is gone and has not taken over
     * @throws dev.horizon.engine.plugin.HorizonException HZ-STB-005 when it says nothing
     */
    void detachStandby(boolean isStandbyGone) throws InterruptedException;

    /** Cost of each system, in order of the plan. */
    List<SystemStatus> systems();

    /** Traffic of each tier. */
    List<TierStatus> tiers();

    /** The channels that send most, the busiest first. */
    List<ChannelStatus> busiestChannels();

    /** The plugins, loaded and refused. */
    List<PluginStatus> plugins();

    /** The commands of plugins, and the engine's own. */
    List<CommandStatus> commands();

    /** The event types with their counters. */
    List<EventStatus> events();

    /** The components that entities may have. */
    List<ComponentStatus> components();

    /** One entity with all its components, or null where there is none. */
    CompletableFuture<@Nullable EntityStatus> entity(EntityId id);

    /** Entities that fulfil a condition, in order of their tables, at most the limit. */
    CompletableFuture<List<EntityStatus>> query(Condition condition, int limit);

    /** What the entities in a region cost the node, and where they are. */
    CompletableFuture<RegionCosts> costs(Region region);

    /** Loads, reloads, disables or enables plugins: what to do, then jars or names. */
    CompletableFuture<String> plugin(String verb, List<String> arguments);

    /** Runs an operator's command at the next tick: its name, then its arguments. */
    CompletableFuture<String> command(String name, List<String> arguments);
}
