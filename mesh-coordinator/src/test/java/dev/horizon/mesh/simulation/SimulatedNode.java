package dev.horizon.mesh.simulation;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.agent.MeshAgent.State;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A data folder with its tape, and the lives of the node in it: real agents and tick loops. */
final class SimulatedNode {
    static final double REGION_METRES = 1_000;

    private final SimulatedCluster cluster;
    private final SimulatedPeers peers;
    private final SimulatedTape tape;
    private final SimulatedGateway.Line line;
    private final long home;
    private final Region region;
    private final Course course;
    private int block;
    private long life;
    private long pausedUntil;
    private @Nullable MeshAgent agent;
    private SimulatedCluster.@Nullable Link link;
    private SimulatedPeers.@Nullable Link peer;
    private @Nullable SimulatedWorld world;

    SimulatedNode(
            SimulatedCluster cluster,
            SimulatedPeers peers,
            SimulatedGateway.Line line,
            long home,
            Course course,
            SplittableRandom random) {
        this.cluster = cluster;
        this.peers = peers;
        this.line = line;
        this.home = home;
        this.course = course;
        double min = home * REGION_METRES;
        region =
                new Region(
                        (int) home,
                        course.starSystem(home),
                        1,
                        min,
                        -1,
                        -1,
                        min + REGION_METRES,
                        1,
                        1);
        tape = new SimulatedTape(random);
    }

    long home() {
        return home;
    }

    long life() {
        return life;
    }

    /** Of the world on its tape; 0 while there is none. */
    int block() {
        return tape.isEmpty() ? 0 : block;
    }

    SimulatedTape tape() {
        return tape;
    }

    boolean isAlive() {
        return agent != null;
    }

    /** True when it has nothing but what is in regions that it owns. */
    boolean isInPlace() {
        List<Region> owned =
                cluster.regions().stream()
                        .filter(each -> each.owner() == home)
                        .map(RegionEntry::region)
                        .toList();
        return world != null
                && !world.isAnyToJump()
                && !(course.hasRegions() && world.isAnyBeyond(owned));
    }

    /** What it owns at this instant; null while it must not tick. */
    @Nullable Grant ticking() {
        return agent != null && agent.state() == State.GRANTED ? agent.grant() : null;
    }

    /** What it ticks now, and what that rides in; empty while it is dead. */
    Map<Long, Long> entities() {
        return world == null ? Map.of() : world.entities();
    }

    /** Its world; null while it is dead. */
    @Nullable SimulatedWorld world() {
        return world;
    }

    /** What a replay of all of its tape comes to. */
    long replay() {
        return SimulatedWorld.replay(tape, block, course, region);
    }

    /** What a player's session came to; null where it is elsewhere. */
    @Nullable String heard(long playerId) {
        return world == null ? null : world.heard(playerId);
    }

    /** What it told to services, and what its own heard; nothing while it is dead. */
    Telling.Sums told() {
        return world == null ? Telling.Sums.NONE : Telling.sums(world.world);
    }

    /** Sessions whose ship is elsewhere. */
    List<Player> strays() {
        return world == null ? List.of() : world.strays();
    }

    void start() {
        life++;
        link = cluster.connect(new Principal(Role.NODE, "node-" + home));
        peer = peers.open();
        NodeClaim claim =
                new NodeClaim(
                        "node-" + home,
                        home,
                        life,
                        course.starSystem(home),
                        "127.0.0.1:1",
                        "http://x/",
                        peer.address(),
                        List.of(region));
        agent = new MeshAgent(claim, link, peer, this::load);
    }

    private NodeLoad load() {
        long tick = world == null ? 0 : world.loop.tick();
        return new NodeLoad(tick, tick, 3_000, 50_000, 1000, 0, 10, 0);
    }

    /** As kill -9 does it. */
    void kill() {
        if (agent != null) {
            tape.crash();
            end();
        }
    }

    private void end() {
        agent = null;
        Objects.requireNonNull(link).close();
        Objects.requireNonNull(peer).close();
        if (world != null) {
            endWorld();
        }
    }

    private void endWorld() {
        line.down();
        Objects.requireNonNull(world).close();
        world = null;
    }

    /** In order: the last tick is recorded, what it caused leaves, then it says goodbye. */
    void stop() {
        if (agent != null && world != null) {
            tape.flush();
            world.loop.release();
            agent.doWork(Long.MAX_VALUE);
            endWorld();
            agent.leave();
        }
    }

    /** As SIGSTOP does it. */
    void pause(long now, long until) {
        pausedUntil = until;
        line.pause(Math.max(0, until - now));
    }

    void cut(boolean fromCoordinator, boolean isDeaf, boolean isMute) {
        if (link != null && peer != null) {
            link.cut(fromCoordinator);
            peer.isDeaf = isDeaf;
            peer.isMute = isMute;
        }
    }

    void step(long now) {
        MeshAgent of = agent;
        if (of == null || now < pausedUntil) {
            return;
        }
        of.doWork(now);
        tape.turn(now);
        if (world != null) {
            world.step();
        } else if (of.state() == State.GRANTED) {
            open(of, Objects.requireNonNull(of.grant()));
        } else if (of.state() == State.REFUSED || of.state() == State.LEFT) {
            end();
        }
    }

    /** A world keeps the block of the life that made it. */
    private void open(MeshAgent of, Grant grant) {
        block = tape.isEmpty() ? grant.block() : block;
        SimulatedWorld opened =
                SimulatedWorld.open(
                        tape,
                        block,
                        course,
                        course.hasRegions() ? grant.regions() : List.of(),
                        region,
                        of.transfers(),
                        line);
        of.transfers().represents(opened.loop.transfers(), opened.world.idBlock());
        world = opened;
        line.up();
    }
}
