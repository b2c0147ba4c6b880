package dev.horizon.mesh.simulation;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshAgent;
import dev.horizon.mesh.agent.MeshAgent.State;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import java.util.List;
import java.util.function.Supplier;

/** A process that speaks for a node, out of one of its data folders. */
final class SimulatedLife {
    /**
     * A data folder of a node.
     *
     * @param number by which the mesh knows it
     * @param replaces the life from which it took over; 0 for none
     * @param tape in it
     */
    record Folder(long number, long replaces, SimulatedTape tape) {}

    final Folder folder;
    final long number;
    final MeshAgent agent;
    private final SimulatedCluster.Link link;
    private final SimulatedPeers.Link peer;

    /** A standby has taken over from it. */
    boolean isFormer;

    /** Begins to claim. */
    SimulatedLife(
            SimulatedCluster cluster,
            SimulatedPeers peers,
            long home,
            long number,
            Folder folder,
            String starSystem,
            Region region,
            Supplier<NodeLoad> load) {
        this.folder = folder;
        this.number = number;
        link = cluster.connect(new Principal(Role.NODE, "node-" + home));
        peer = peers.open();
        NodeClaim claim =
                new NodeClaim(
                        "node-" + home,
                        home,
                        number,
                        folder.number,
                        folder.replaces,
                        starSystem,
                        "127.0.0.1:1",
                        "http://x/",
                        peer.address(),
                        List.of(region));
        agent = new MeshAgent(claim, link, peer, load);
    }

    boolean isGranted() {
        return agent.state() == State.GRANTED;
    }

    /** True once it has nothing more to say. */
    boolean isOver() {
        return agent.state() == State.REFUSED || agent.state() == State.LEFT;
    }

    void cut(boolean fromCoordinator, boolean isDeaf, boolean isMute) {
        link.cut(fromCoordinator);
        peer.isDeaf = isDeaf;
        peer.isMute = isMute;
    }

    void end() {
        link.close();
        peer.close();
    }
}
