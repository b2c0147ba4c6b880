package dev.horizon.perf.mesh;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.AgentThread;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.cluster.AeronPeers;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemEpochClock;

/** A node without pages and players: the real tick loop, tape, agent and way to other nodes. */
final class GapNode implements AutoCloseable {
    private static final long GRANT_MILLIS_MAX = 30_000;
    private static final long JOIN_MILLIS_MAX = 10_000;
    private static final double FAR = 1e15;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<EntityId> made = new ArrayList<>();
    private final TickLoop loop;
    private final Thread thread;
    private final String name;

    private GapNode(
            Path folder,
            ClusterMembers members,
            MeshKey key,
            int number,
            Witness witness,
            int entities)
            throws InterruptedException {
        name = "node-" + number;
        EmbeddedDriver driver =
                add(EmbeddedDriver.start(DriverConfig.at(folder).withoutShutdownHook()));
        AeronPeers peers = AeronPeers.open(driver.aeron(), key, "127.0.0.1");
        ClusterLink link =
                new ClusterLink(
                        driver.aeron(),
                        members,
                        new Principal(Principal.Role.NODE, name),
                        key,
                        "127.0.0.1",
                        SystemEpochClock.INSTANCE);
        double min = number == 1 ? -FAR : 0;
        Region region = new Region(number, "sol", 1, min, -FAR, -FAR, min + FAR, FAR, FAR);
        NodeClaim claim =
                new NodeClaim(name, number, 1, "sol", "", "", peers.address(), List.of(region));
        MeshAgent agent = new MeshAgent(claim, link, peers, () -> NodeLoad.NONE);
        AgentThread agentThread =
                add(AgentThread.start(agent, link, peers, SystemEpochClock.INSTANCE, () -> {}));
        Grant grant = agentThread.awaitGrant(GRANT_MILLIS_MAX);
        PluginHost host = new PluginHost(true, Map.of());
        host.add(witness.of(number), PluginDescriptor.of("witness", Witness.class));
        LoadedPlugins plugins = host.load();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        WorldState world = add(WorldState.create(grant.block(), components));
        for (int i = 0; i < entities; i++) {
            made.add(world.create(new Position(min + FAR / 2, i, 0), new Marked(i, new long[20])));
        }
        Schedule schedule = add(Schedule.of(world, plugins.systems(), plugins.derived(), 1));
        TickConfig config = TickConfig.standard();
        ArchiveTickLog tape =
                add(
                        ArchiveTickLog.open(
                                driver,
                                TickLogConfig.defaults(),
                                new TapeHeader(1, 1, config.tickHz(), "sol", "bench")));
        loop =
                TickLoop.of(world, schedule, plugins.events())
                        .config(config)
                        .plugins(plugins.plugins())
                        .starSystem("sol", 1)
                        .startedRegions(grant.regions())
                        .tickLog(tape)
                        .transfers(agent.transfers())
                        .build();
        agent.transfers().represents(loop.transfers(), grant.block());
        thread = Thread.ofPlatform().name("tick-" + number).start(loop::run);
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /**
     * Starts one.
     *
     * @param number 1 or 2, of its half of the star system
     * @param entities that it makes and marks
     */
    static GapNode start(
            Path folder,
            ClusterMembers members,
            MeshKey key,
            int number,
            Witness witness,
            int entities)
            throws InterruptedException {
        return new GapNode(folder, members, key, number, witness, entities);
    }

    /** By which the mesh knows it. */
    String name() {
        return name;
    }

    /** The entities that it made. */
    List<EntityId> made() {
        return List.copyOf(made);
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
        thread.join(JOIN_MILLIS_MAX);
        CloseHelper.quietCloseAll(parts);
    }
}
