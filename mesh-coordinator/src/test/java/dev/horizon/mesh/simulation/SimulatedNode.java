package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.Player;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A data folder with its tape, and the lives of the node in it: real agents and tick loops. A node
 * with a standby has a folder more, whose tape is a copy; who takes over goes on in that one.
 */
final class SimulatedNode {
    static final double REGION_METRES = 1_000;

    private final SimulatedCluster cluster;
    private final SimulatedPeers peers;
    private final SimulatedGateway.Line line;
    private final long home;
    private final Region region;
    private final Course course;
    private final SplittableRandom random;

    /** Others that would speak for the node, or don't know yet that they must not any more. */
    private final List<SimulatedLife> rivals = new ArrayList<>();

    private SimulatedLife.Folder folder;
    private int block;
    private int takeovers;
    private long life;

    /** The life that ticked last, which a standby knows. */
    private long lastTicking;

    private long pausedUntil;
    private @Nullable SimulatedLife process;
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
        this.random = random;
        folder = new SimulatedLife.Folder(home, 0, new SimulatedTape(random));
    }

    long home() {
        return home;
    }

    long life() {
        return life;
    }

    /** Of the world on its tape; 0 while there is none. */
    int block() {
        return tape().isEmpty() ? 0 : block;
    }

    SimulatedTape tape() {
        return folder.tape();
    }

    boolean isAlive() {
        return process != null;
    }

    /** How often a standby went on for it. */
    int takeovers() {
        return takeovers;
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
        return process != null && process.isGranted() ? process.agent.grant() : null;
    }

    /** What it ticks now, and what that rides in; empty while it is dead. */
    Map<Long, Long> stores() {
        return world == null ? Map.of() : world.stores();
    }

    Map<Long, Long> entities() {
        return world == null ? Map.of() : world.entities();
    }

    /** Its world; null while it is dead. */
    @Nullable SimulatedWorld world() {
        return world;
    }

    /** What a replay of all of its tape comes to. */
    long replay() {
        return SimulatedWorld.replay(tape(), block, course, region);
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

    /** The next life; where it has a standby, that one, or whoever of the two is heard first. */
    void start() {
        if (tape().isFollowed()) {
            takeOver(random.nextBoolean());
        } else {
            life++;
            process = begin(folder);
        }
    }

    private SimulatedLife begin(SimulatedLife.Folder in) {
        return new SimulatedLife(
                cluster, peers, home, life, in, course.starSystem(home), region, this::load);
    }

    private NodeLoad load() {
        long tick = world == null ? 0 : world.loop.tick();
        return new NodeLoad(tick, tick, 3_000, 50_000, 1000, 0, 10, 0);
    }

    /** Another process has all that it told, and may take over from now on. */
    void attach() {
        if (world != null && !tape().isFollowed()) {
            tape().follow();
        }
    }

    /** The standby acknowledges no more: it goes on, whatever the node does or learns. */
    void takeOver() {
        if (tape().isFollowed()) {
            takeOver(false);
        }
    }

    /**
     * The same.
     *
     * @param isAlone an operator starts the folder of a node that is dead, too
     */
    private void takeOver(boolean isAlone) {
        SimulatedLife.Folder former = folder;
        SimulatedLife before = process;
        life++;
        takeovers++;
        pausedUntil = 0;
        SimulatedTape copy = former.tape().takeOver();
        folder = new SimulatedLife.Folder(home + 100L * takeovers, lastTicking, copy);
        process = begin(folder);
        if (before != null) {
            before.isFormer = true;
            rivals.add(before);
        } else if (isAlone) {
            rivals.add(begin(former));
        }
        if (world != null) {
            endWorld();
        }
    }

    /** As kill -9 does it. */
    void kill() {
        if (process != null) {
            tape().crash();
            end();
        }
    }

    private void end() {
        Objects.requireNonNull(process).end();
        process = null;
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
        if (process != null && world != null) {
            tape().letGo();
            tape().flush();
            world.loop.release();
            process.agent.doWork(Long.MAX_VALUE);
            endWorld();
            process.agent.leave();
        }
    }

    /** As SIGSTOP does it. */
    void pause(long now, long until) {
        pausedUntil = until;
        line.pause(Math.max(0, until - now));
    }

    void cut(boolean fromCoordinator, boolean isDeaf, boolean isMute) {
        if (process != null) {
            process.cut(fromCoordinator, isDeaf, isMute);
        }
    }

    void step(long now) {
        stepRivals(now);
        SimulatedLife of = process;
        if (of == null || now < pausedUntil) {
            return;
        }
        of.agent.doWork(now);
        tape().turn(now);
        if (world != null) {
            world.step();
        } else if (of.isGranted()) {
            open(of.agent, Objects.requireNonNull(of.agent.grant()));
        } else if (of.isOver()) {
            end();
        }
    }

    /** What they can still say harms nobody, until they hear that they must not tick. */
    private void stepRivals(long now) {
        for (SimulatedLife rival : List.copyOf(rivals)) {
            rival.agent.doWork(now);
            if (rival.isOver()) {
                rival.end();
                rivals.remove(rival);
            } else if (rival.isGranted() && !rival.isFormer) {
                assertThat(ticking()).as("whose node is %d's", home).isNull();
                rivals.remove(rival);
                if (process != null) {
                    rivals.add(process);
                }
                process = rival;
                folder = rival.folder;
                tape().letGo();
            }
        }
    }

    /** A world keeps the block of the life that made it. */
    private void open(MeshAgent of, Grant grant) {
        block = tape().isEmpty() ? grant.block() : block;
        SimulatedWorld opened =
                SimulatedWorld.open(
                        tape(),
                        block,
                        course,
                        course.hasRegions() ? grant.regions() : List.of(),
                        region,
                        of.transfers(),
                        line);
        of.transfers().represents(opened.loop.transfers(), opened.world.idBlock());
        world = opened;
        lastTicking = Objects.requireNonNull(process).number;
        line.up();
    }
}
