package dev.horizon.net.streams;

import dev.horizon.engine.world.Tier;
import java.util.Locale;

/**
 * Addresses and stream ids as functions of star system, tier and channel: nobody asks anybody where
 * a channel is. Each tier has its own group and port, so that who needs one tier joins one group.
 * Immutable.
 */
public final class StreamAddresses {
    /** Lanes 0 to 3 are the tiers. */
    private static final int LANE_SESSIONS = 4;

    private static final int LANE_INPUTS = 5;
    private static final int LANE_SUBSCRIPTIONS = 6;

    /** Far from the small numbers of the Archive's and a cluster's own streams. */
    private static final int OURS = 1 << 28;

    private static final int LANE_BITS = 4;
    private static final int INDEX_BITS = 8;

    /**
     * Groups of one star system: the last octet of a data group is odd, the next is its control.
     */
    private static final int GROUPS_PER_STAR_SYSTEM = 5;

    private static final int GROUP_SETS = 25;

    private final TransportConfig transport;
    private final int systemHash;

    public StreamAddresses(TransportConfig transport, String starSystem) {
        this.transport = transport;
        this.systemHash = (int) (mix(starSystem.hashCode()) >>> 48);
    }

    /** The finaliser of MurmurHash3, for which similar names are far apart. */
    private static long mix(long value) {
        long hash = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    int streamsPerTier() {
        return transport.streamsPerTier();
    }

    /** Where a tier's frames go. */
    public String frames(Tier tier) {
        return publishedByNode(tier.ordinal(), "frames-" + tier.name().toLowerCase(Locale.ROOT));
    }

    /** The stream of one index of a tier. */
    public int frameStream(Tier tier, int index) {
        return stream(tier.ordinal(), index);
    }

    /** Where the node's messages to sessions go. */
    public String sessions() {
        return publishedByNode(LANE_SESSIONS, "sessions");
    }

    /** The stream of messages to sessions. */
    public int sessionStream() {
        return stream(LANE_SESSIONS, 0);
    }

    /** Where gateways send inputs. */
    public String inputs() {
        return readByNode(LANE_INPUTS, "inputs");
    }

    /** The stream of inputs. */
    public int inputStream() {
        return stream(LANE_INPUTS, 0);
    }

    /** Where gateways say what they watch. */
    public String subscriptions() {
        return readByNode(LANE_SUBSCRIPTIONS, "subscriptions");
    }

    /** The stream of what gateways watch. */
    public int subscriptionStream() {
        return stream(LANE_SUBSCRIPTIONS, 0);
    }

    private int stream(int lane, int index) {
        return OURS | systemHash << (LANE_BITS + INDEX_BITS) | lane << INDEX_BITS | index;
    }

    private String publishedByNode(int lane, String alias) {
        return switch (transport.kind()) {
            case IPC -> "aeron:ipc?" + shape(alias);
            case MULTICAST ->
                    "aeron:udp?endpoint="
                            + transport.multicastPrefix()
                            + "."
                            + lastOctet(lane)
                            + ":"
                            + (transport.port() + lane)
                            + "|interface="
                            + transport.networkInterface()
                            + "|fc=max|"
                            + shape(alias);
        };
    }

    private int lastOctet(int lane) {
        return 1 + 2 * (Math.floorMod(systemHash, GROUP_SETS) * GROUPS_PER_STAR_SYSTEM + lane);
    }

    private String readByNode(int lane, String alias) {
        return switch (transport.kind()) {
            case IPC -> "aeron:ipc?" + shape(alias);
            case MULTICAST ->
                    "aeron:udp?endpoint="
                            + transport.nodeHost()
                            + ":"
                            + (transport.port() + lane)
                            + "|"
                            + shape(alias);
        };
    }

    private String shape(String alias) {
        return "term-length=" + transport.termLengthBytes() + "|alias=" + alias;
    }
}
