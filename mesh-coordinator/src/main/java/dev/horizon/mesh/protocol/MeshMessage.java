package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * One message to or from the coordinator, or one of those that hold its state. Any may come twice,
 * late, or never: who sent it sends again, and all that act on one can take it twice.
 */
public sealed interface MeshMessage {
    /** A life of a node begins, or speaks again: it claims its regions, all or none. */
    record NodeHello(NodeClaim claim) implements MeshMessage {}

    /**
     * What a node did lately, and what it knows.
     *
     * @param home of the node
     * @param life of the node
     * @param revision of what it knows to be its own
     * @param load what it did
     * @param offer which services it has for others
     * @param offers up to which change it knows what others offer; below 0 where it can't
     * @param neighbours mark of what it knows of who is near; 0 before, {@link Neighbours#UNWANTED}
     *     where it doesn't want to know
     * @param placement mark of what it knows of who takes new players; 0 before, {@link
     *     Placement#UNWANTED} of a build that doesn't want to know
     */
    record NodeReport(
            long home,
            long life,
            int revision,
            NodeLoad load,
            ServiceOffer offer,
            long offers,
            long neighbours,
            long placement)
            implements MeshMessage {}

    /** The node has ticked its last tick. */
    record NodeGoodbye(long home, long life) implements MeshMessage {}

    /** An operator asks for what the coordinator knows, past so many entries. */
    record StateRequest(long request, int skip) implements MeshMessage {}

    /** An operator vouches that this life of a node has ended. */
    record ConfirmGone(long request, long home, long life) implements MeshMessage {}

    /** An operator wants an entity, with all that rides in it, on another node; by homes. */
    record TransferRequest(long request, long entity, long source, long destination)
            implements MeshMessage {}

    /** An operator wants a region, with all that is in it, on another node; by its home. */
    record RegionMove(long request, String starSystem, int region, long destination)
            implements MeshMessage {}

    /** An operator wants a region cut in two, at a place on an axis (0 x, 1 y, 2 z). */
    record RegionSplit(long request, String starSystem, int region, int axis, double at)
            implements MeshMessage {}

    /** An operator wants a part that a split made back in a region that it completes to a box. */
    record RegionMerge(long request, String starSystem, int region, int part)
            implements MeshMessage {}

    /** A node has nothing in a region that is to leave, and owns it no longer. */
    record RegionLeft(long home, long life, int region, long epoch) implements MeshMessage {}

    /** How far a node is with a transfer; the code says why where it can't. */
    record TransferWord(long home, long life, long transfer, Word word, String code, String text)
            implements MeshMessage {
        /** How far. */
        public enum Word {
            /** The destination has room. */
            PREPARED,
            /** It can't be done, and the entity is where it was. */
            REFUSED,
            /** The source has it no more, and keeps a frozen copy. */
            RELEASED,
            /** The destination has recorded it. */
            SETTLED
        }
    }

    /** An entity is beyond all regions of its node. */
    record EntityBeyond(long home, long life, long entity, double x, double y, double z)
            implements MeshMessage {}

    /**
     * An entity is to go to a place in another star system, with all that jumps with it.
     *
     * @param home of its node
     * @param life of its node
     * @param entity which
     * @param jump the node's tick since which it is to: a later jump has another
     * @param starSystem where to
     * @param x metres there
     * @param y metres
     * @param z metres
     */
    record EntityJumps(
            long home,
            long life,
            long entity,
            long jump,
            String starSystem,
            double x,
            double y,
            double z)
            implements MeshMessage {}

    /** An entity can't jump where it is to; the code says why. */
    record JumpRefused(long home, long life, long entity, long jump, String code, String text)
            implements MeshMessage {}

    /** What is the node's, of a revision; the epochs say since when. */
    record NodeWelcome(long home, long life, int block, int revision, List<OwnedRegion> regions)
            implements MeshMessage {
        /** Copies the list. */
        public NodeWelcome {
            regions = List.copyOf(regions);
        }
    }

    /**
     * What nodes offer, as far as it changed.
     *
     * @param home of the node that is told
     * @param life of the node that is told
     * @param after for who knows up to this change; nobody else may take it
     * @param upTo the last change in here
     * @param offers of the nodes that changed theirs
     */
    record ServiceChanges(long home, long life, long after, long upTo, List<Change> offers)
            implements MeshMessage {
        /** Copies the list. */
        public ServiceChanges {
            offers = List.copyOf(offers);
        }

        /**
         * What one node offers from now on.
         *
         * @param home of the node
         * @param peer where it takes parcels
         * @param offer no types where it has none any more
         */
        public record Change(long home, String peer, ServiceOffer offer) {}
    }

    /**
     * Whose regions are near those of a node.
     *
     * @param home of the node that is told
     * @param life of the node that is told
     * @param mark a function of the rest: another mark, other regions
     * @param regions of others, the nearest
     */
    record Neighbours(long home, long life, long mark, List<Entry> regions) implements MeshMessage {
        /** Instead of a mark, of who tells neighbours nothing. */
        public static final long UNWANTED = -1;

        /** Copies the list. */
        public Neighbours {
            regions = List.copyOf(regions);
        }

        /**
         * One region.
         *
         * @param node home of who has it, or is to have it
         * @param peer where that node takes parcels
         * @param region its box; without number, star system and epoch
         */
        public record Entry(long node, String peer, Region region) {
            /** Leaves the box alone of the region. */
            public Entry {
                region =
                        new Region(
                                0,
                                "",
                                0,
                                region.minX(),
                                region.minY(),
                                region.minZ(),
                                region.maxX(),
                                region.maxY(),
                                region.maxZ());
            }
        }
    }

    /**
     * Which nodes of a node's star system take new players.
     *
     * @param home of the node that is told
     * @param life of the node that is told
     * @param mark a function of the rest: another mark, other nodes or room
     * @param nodes those that have most room, by home
     */
    record Placement(long home, long life, long mark, List<Room> nodes) implements MeshMessage {
        /** Instead of a mark, of who doesn't want to know. */
        public static final long UNWANTED = -1;

        /** Copies the list. */
        public Placement {
            nodes = List.copyOf(nodes);
        }

        /**
         * What one node has.
         *
         * @param node its home
         * @param tenths of a tick's budget that it has to spare; 0 where it has none
         */
        public record Room(long node, int tenths) {}
    }

    /** This life must not tick. */
    record NodeRefused(long home, long life, String code, String text) implements MeshMessage {}

    /** The coordinator doesn't know who reports. */
    record HelloWanted(long home, long life) implements MeshMessage {}

    /** What became of an operator's request; the code is empty where it went well. */
    record RequestDone(long request, String code, String text) implements MeshMessage {}

    /**
     * What a node is to do for a transfer.
     *
     * @param home of the node that is to do it
     * @param transfer its number
     * @param step what
     * @param floor no transfer of the source below it is open
     * @param entity which
     * @param source home of the node that has it
     * @param destination home of the node that is to have it
     * @param jump the source's tick since which it is to jump there; 0 where it doesn't
     * @param peer where that node takes it
     */
    record TransferOrder(
            long home,
            long transfer,
            Step step,
            long floor,
            long entity,
            long source,
            long destination,
            long jump,
            String peer)
            implements MeshMessage {
        /** What is to be done. */
        public enum Step {
            /** To the destination: make room. */
            PREPARE,
            /** To the source: release it. */
            RELEASE
        }
    }

    /** Begins a snapshot (request 0) or an answer. */
    record StateHead(
            long request,
            int formatVersion,
            long now,
            int lastBlock,
            int nodes,
            int regions,
            long lastTransfer,
            int transfers,
            long lastOffer)
            implements MeshMessage {}

    /** One node. */
    record NodeState(long request, NodeEntry node) implements MeshMessage {}

    /** One region. */
    record RegionState(long request, RegionEntry region) implements MeshMessage {}

    /** One transfer, open or ended lately. */
    record TransferState(long request, TransferEntry transfer) implements MeshMessage {}

    /** Ends a snapshot, or a page of an answer; {@code next} is what to skip to read on, or 0. */
    record StateEnd(long request, int next) implements MeshMessage {}
}
