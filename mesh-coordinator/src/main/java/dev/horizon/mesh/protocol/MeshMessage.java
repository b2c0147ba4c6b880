package dev.horizon.mesh.protocol;

import java.util.List;

/**
 * One message to or from the coordinator, or one of those that hold its state. Any may come twice,
 * late, or never: who sent it sends again, and all that act on one can take it twice.
 */
public sealed interface MeshMessage {
    /** A life of a node begins, or speaks again: it claims its regions, all or none. */
    record NodeHello(NodeClaim claim) implements MeshMessage {}

    /** What a node did lately. */
    record NodeReport(long home, long life, NodeLoad load) implements MeshMessage {}

    /** The node has ticked its last tick. */
    record NodeGoodbye(long home, long life) implements MeshMessage {}

    /** An operator asks for what the coordinator knows, past so many entries. */
    record StateRequest(long request, int skip) implements MeshMessage {}

    /** An operator vouches that this life of a node has ended. */
    record ConfirmGone(long request, long home, long life) implements MeshMessage {}

    /** The claimed regions are the node's; their epochs say since when. */
    record NodeWelcome(long home, long life, int block, List<GrantedRegion> regions)
            implements MeshMessage {
        /** Copies the list. */
        public NodeWelcome {
            regions = List.copyOf(regions);
        }
    }

    /** A region by its id, and the epoch at which a node owns it. */
    record GrantedRegion(int region, long epoch) {}

    /** This life must not tick. */
    record NodeRefused(long home, long life, String code, String text) implements MeshMessage {}

    /** The coordinator doesn't know who reports. */
    record HelloWanted(long home, long life) implements MeshMessage {}

    /** What became of an operator's request; the code is empty where it went well. */
    record RequestDone(long request, String code, String text) implements MeshMessage {}

    /** Begins a snapshot (request 0) or an answer. */
    record StateHead(
            long request, int formatVersion, long now, int lastBlock, int nodes, int regions)
            implements MeshMessage {}

    /** One node. */
    record NodeState(long request, NodeEntry node) implements MeshMessage {}

    /** One region. */
    record RegionState(long request, RegionEntry region) implements MeshMessage {}

    /** Ends a snapshot, or a page of an answer; {@code next} is what to skip to read on, or 0. */
    record StateEnd(long request, int next) implements MeshMessage {}
}
