package dev.horizon.tools.live;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.query.Condition;
import dev.horizon.engine.tick.RegionCosts;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.net.edge.Reason;
import dev.horizon.net.edge.Why;
import dev.horizon.net.gateway.GatewayMetrics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A node of two ships that never ticks. */
public final class FakeNode implements LiveNode {
    private static final EntityStatus WRECKED =
            new EntityStatus(
                    "1:42",
                    7,
                    Map.of(
                            "Hull", Map.of("points", 4.5f),
                            "Identity",
                                    Map.of(
                                            "name",
                                            "Lucky Strike",
                                            "faction",
                                            "GUILD",
                                            "shipType",
                                            "MINER")));
    private static final EntityStatus SOUND =
            new EntityStatus("1:43", 7, Map.of("Hull", Map.of("points", 90f)));

    /** No system numbers processes so high. */
    private static final long NO_PROCESS = 1L << 40;

    /** Set by tests that want an unhealthy node. */
    public boolean healthy = true;

    @Override
    public NodeStatus status() {
        return new NodeStatus(
                "test",
                NO_PROCESS,
                "sol",
                healthy,
                7,
                20,
                1_000_000,
                50,
                new NodeStatus.TickMillis(2, 1.5, 4, 6, 9),
                1,
                new NodeStatus.OverloadStatus("time-dilated", 4, 132, 0.6, 5),
                4,
                12_000,
                3,
                50_000,
                "cafe",
                3_723,
                Map.of("CLOSE", 1_000.0));
    }

    @Override
    public TapeStatus tape() {
        return new TapeStatus(true, 1, 2, 900, 3, 0, 41, 5_000);
    }

    @Override
    public TickTimes tickTimes() {
        Histogram nanos = new Histogram(3);
        nanos.recordValueWithCount(1_500_000, 6);
        nanos.recordValue(9_000_000);
        return TickTimes.of(7, 50_000_000, nanos);
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("ticks", 7L, "ticks-skipped", 2L);
    }

    @Override
    public GatewayMetrics.@Nullable Snapshot gatewayFigures() {
        return null;
    }

    @Override
    public StandbyStatus standby() {
        return new StandbyStatus("node", "attached", true, "standby", 7, 6, 320, 15, "");
    }

    @Override
    public void detachStandby(boolean isStandbyGone) {
        if (!isStandbyGone) {
            throw new HorizonException("HZ-STB-005", "the standby doesn't answer");
        }
    }

    @Override
    public List<SystemStatus> systems() {
        return List.of(
                new SystemStatus("sol/flight", 7, 10, 20, 30, false),
                new SystemStatus("sol/weapons", 7, 100, 900, 1_000, true));
    }

    @Override
    public List<ChannelStatus> busiestChannels() {
        return List.of(new ChannelStatus("CRAFT/CLOSE/3,-2,0", 40, 2, 310, 2_480));
    }

    @Override
    public List<TierStatus> tiers() {
        return List.of(new TierStatus("CLOSE", 4, 100, 64_000, 900));
    }

    @Override
    public List<PluginStatus> plugins() {
        return List.of(new PluginStatus("sol", "0.1", "loaded", "", List.of()));
    }

    @Override
    public List<CommandStatus> commands() {
        return List.of(
                new CommandStatus("sol:spawn", "<ships>", "Makes ships."),
                new CommandStatus("sol:stop", "", "Stops."));
    }

    @Override
    public List<EventStatus> events() {
        return List.of(new EventStatus("chat:message", 5, 0, 12, 0));
    }

    @Override
    public List<ComponentStatus> components() {
        return List.of(
                new ComponentStatus("Hull", 1, 4, Set.of(), List.of()),
                new ComponentStatus("Identity", 2, 26, Set.of(), List.of()));
    }

    @Override
    public CompletableFuture<String> plugin(String verb, List<String> arguments) {
        return CompletableFuture.completedFuture(verb + " " + arguments);
    }

    @Override
    public CompletableFuture<@Nullable EntityStatus> entity(EntityId id) {
        return CompletableFuture.completedFuture(id.counter() == 42 ? WRECKED : null);
    }

    @Override
    public CompletableFuture<List<EntityStatus>> query(Condition condition, int limit) {
        return CompletableFuture.completedFuture(
                List.of(WRECKED, SOUND).stream()
                        .filter(entity -> condition.holds(entity.components()))
                        .limit(limit)
                        .toList());
    }

    @Override
    public CompletableFuture<RegionCosts> costs(Region region) {
        RegionCosts costs = new RegionCosts();
        costs.add(false, 0, 0, 0, 100, 500);
        costs.add(false, region.maxX(), 0, 0, 100, 3_000);
        costs.add(true, 10, 0, 0, 50, RegionCosts.UNTOLD);
        return CompletableFuture.completedFuture(costs);
    }

    @Override
    public CompletableFuture<String> command(String name, List<String> arguments) {
        return name.equals("sol:spawn")
                ? CompletableFuture.completedFuture("spawned " + arguments)
                : CompletableFuture.failedFuture(
                        new IllegalArgumentException("no command " + name));
    }

    /** A gateway with one player. */
    public static CompletableFuture<Why> why(String player, EntityId entity, long tick) {
        return player.equals("Ada")
                ? CompletableFuture.completedFuture(
                        new Why(
                                Math.min(tick, 7),
                                "MEDIUM",
                                "CRAFT/MEDIUM/0,0,0",
                                812.5,
                                10_000,
                                Reason.CLOSE_BUDGET,
                                true))
                : CompletableFuture.failedFuture(
                        new HorizonException("HZ-GW-044", "no session of " + player));
    }
}
