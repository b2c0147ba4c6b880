package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickMetrics;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.AgentThread;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.cluster.AeronPeers;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.ownership.RegionAssignment;
import dev.horizon.mesh.ownership.StaticOwnership;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.standby.MeshPlace;
import dev.horizon.net.streams.NodeRoom;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.MeshSettings;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.RegionSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A node's membership of a mesh: what the coordinator granted this life, and the reports that it
 * sends. Closed after the last tick, when it says goodbye.
 */
final class Membership implements AutoCloseable {
    private final MeshAgent agent;
    private final AgentThread thread;
    private final MeshPlace place;
    private volatile @Nullable TickLoop loop;
    private volatile @Nullable RecentTicks recent;
    private volatile LongSupplier heardTick = () -> 0;
    private volatile Consumer<HorizonException> fenced = why -> {};

    private Membership(HorizonConfig config, EmbeddedDriver driver, MeshNode node) {
        MeshSettings mesh = config.mesh();
        MeshKey key = Keys.ofMesh(config);
        List<Region> regions = configured(config.node());
        long life = node.life(driver.incarnation());
        place = place(config, key, node.home(), life);
        AeronPeers peers = AeronPeers.open(driver.aeron(), key, mesh.host());
        ClusterLink link =
                new ClusterLink(
                        driver.aeron(),
                        ClusterMembers.parse(mesh.coordinators()),
                        new Principal(Role.NODE, config.node().name()),
                        key,
                        mesh.host(),
                        SystemEpochClock.INSTANCE);
        NodeClaim claim =
                new NodeClaim(
                        config.node().name(),
                        node.home(),
                        life,
                        node.folder(),
                        node.replaces(),
                        config.node().starSystem(),
                        config.streams().nodeHost() + ":" + config.streams().port(),
                        pages(config),
                        peers.address(),
                        regions);
        agent = new MeshAgent(claim, link, peers, this::load);
        thread = AgentThread.start(agent, link, peers, SystemEpochClock.INSTANCE, this::fence);
    }

    /** The configured regions, or one that is the whole star system. */
    static List<Region> configured(NodeSettings node) {
        List<RegionSettings> regions =
                node.regions().isEmpty()
                        ? List.of(RegionSettings.wholeStarSystem())
                        : node.regions();
        return StaticOwnership.of(
                        regions.stream()
                                .map(region ->
                                        new RegionAssignment(
                                                region.region(node.starSystem()), node.name()))
                                .toList())
                .regionsOf(node.name());
    }

    /**
     * Claims the configured regions for a node; {@link #await} says what came of it.
     *
     * @param node for which the process's data folder speaks
     */
    static Membership claim(HorizonConfig config, EmbeddedDriver driver, MeshNode node) {
        return new Membership(config, driver, node);
    }

    /** What a process with a configuration, as a life of a node, would say of its place. */
    static MeshPlace place(HorizonConfig config, MeshKey key, long home, long life) {
        return new MeshPlace(
                home,
                life,
                config.node().name(),
                config.mesh().coordinators(),
                configured(config.node()),
                key.sign("standby of %016x in life %d".formatted(home, life)));
    }

    /** Where the node's API will be; unknown while its port is any free one. */
    private static String pages(HorizonConfig config) {
        int port = config.node().port();
        return port == 0 ? "" : config.address(port);
    }

    /**
     * Waits for the grant.
     *
     * @throws HorizonException the refusal, or HZ-MESH-019
     */
    Grant await(MeshSettings mesh) throws InterruptedException {
        return thread.awaitGrant(mesh.joinTimeout().toMillis());
    }

    /** By which the mesh knows the node. */
    long home() {
        return place.home();
    }

    /** Which nodes take new players, as the coordinator last said. */
    List<NodeRoom> placement() {
        return agent.placement().stream()
                .map(each -> new NodeRoom(each.node(), each.tenths()))
                .toList();
    }

    /** What a standby needs to go on for it. */
    MeshPlace place() {
        return place;
    }

    /** A standby has taken over, and speaks for the node: it says nothing any more. */
    void replaced() {
        thread.fallSilent();
    }

    /** Hears of entities that leave for other nodes and come from them. */
    TransferSink transfers() {
        return agent.transfers();
    }

    /**
     * From now on reports tell of this loop, entities come into it and leave it, and a fence ends
     * it.
     *
     * @param world id block of the loop's world
     */
    void represents(
            TickLoop running,
            int world,
            LongSupplier newestHeard,
            Consumer<HorizonException> onFenced) {
        agent.transfers().represents(running.transfers(), world);
        heardTick = newestHeard;
        recent = new RecentTicks(running.metrics()::tickNanos, () -> 0);
        fenced = onFenced;
        loop = running;
        if (agent.state() == MeshAgent.State.REFUSED) {
            fence();
        }
    }

    private NodeLoad load() {
        TickLoop of = loop;
        RecentTicks ticks = recent;
        if (of == null || ticks == null) {
            return NodeLoad.NONE;
        }
        TickMetrics metrics = of.metrics();
        return new NodeLoad(
                metrics.tick(),
                heardTick.getAsLong(),
                (int)
                        TimeUnit.NANOSECONDS.toMicros(
                                ticks.window().ticks().getValueAtPercentile(99)),
                (int) TimeUnit.NANOSECONDS.toMicros(metrics.budgetNanos()),
                metrics.dilationPermille(),
                (int) metrics.sessions(),
                (int) metrics.entities(),
                of.transfers().toLeave());
    }

    private void fence() {
        HorizonException why = agent.refusal();
        if (why != null) {
            fenced.accept(why);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.close();
    }
}
