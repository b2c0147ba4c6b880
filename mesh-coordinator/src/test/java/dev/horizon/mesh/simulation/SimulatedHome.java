package dev.horizon.mesh.simulation;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.agent.MeshAgent.State;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data folder, and the lives of the node that is started in it: one at a time, as its lock has
 * it.
 */
final class SimulatedHome {
    private final SimulatedCluster cluster;
    private final String name;
    private final long home;
    private final List<Region> regions;
    private long life;
    private long tick;
    private @Nullable HorizonException refusal;
    private @Nullable MeshAgent agent;
    private SimulatedCluster.@Nullable Link link;

    SimulatedHome(SimulatedCluster cluster, String name, long home, List<Region> regions) {
        this.cluster = cluster;
        this.name = name;
        this.home = home;
        this.regions = regions;
    }

    String name() {
        return name;
    }

    long home() {
        return home;
    }

    long life() {
        return life;
    }

    boolean isAlive() {
        return agent != null;
    }

    void start() {
        life++;
        link = cluster.connect(new Principal(Role.NODE, name));
        agent =
                new MeshAgent(
                        new NodeClaim(
                                name, home, life, "sol", "127.0.0.1:1", "http://x/", "", regions),
                        link,
                        () -> new NodeLoad(tick, tick, 3_000, 50_000, 1000, 1, 10, 0));
    }

    /** As kill -9 does it. */
    void kill() {
        agent = null;
        if (link != null) {
            link.close();
        }
    }

    /** The last tick is done; then it says so, then the process ends. */
    void stop() {
        if (agent != null) {
            agent.leave();
        }
    }

    void cut(boolean is) {
        if (link != null) {
            link.cut(is);
        }
    }

    void step(long now) {
        if (agent == null) {
            return;
        }
        agent.doWork(now);
        tick++;
        if (agent.state() == State.REFUSED) {
            refusal = agent.refusal();
        }
        if (agent.state() == State.REFUSED || agent.state() == State.LEFT) {
            kill();
        }
    }

    /** Why its latest refused life was refused; null while none was. */
    @Nullable HorizonException refusal() {
        return refusal;
    }

    /** Homes of the nodes that take new players, as far as it was told. */
    List<Long> placement() {
        return agent == null
                ? List.of()
                : agent.placement().stream().map(Placement.Room::node).toList();
    }

    /** What it ticks at this instant; null while it must not. */
    @Nullable Grant ticking() {
        return agent != null && agent.state() == State.GRANTED ? agent.grant() : null;
    }
}
