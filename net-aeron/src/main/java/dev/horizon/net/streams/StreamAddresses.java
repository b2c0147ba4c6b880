package dev.horizon.net.streams;

import dev.horizon.engine.world.Tier;
import java.util.Locale;

/**
 * Addresses and stream ids as functions of star system, tier and channel: nobody asks anybody where
 * a channel is. Each tier has its own group and port, so that who needs one tier joins one group.
 * Immutable.
 */
public final class StreamAddresses {
    /**
     * Of CLOSE comes most, each tick: its streams hold two ticks of a full node while a gateway
     * that serves thousands of clients is at the tick before.
     */
    private static final int CLOSE_TERMS = 2;

    /** Lanes 0 to 3 are the tiers. */
    private static final int LANE_SESSIONS = 4;

    private static final int LANE_INPUTS = 5;

    /** Some 5,000 inputs of one tick. */
    private static final int INPUT_WINDOW_BYTES = 512 << 10;

    /** A window is at most half of it. */
    private static final int INPUT_TERM_BYTES = 2 * INPUT_WINDOW_BYTES;

    private static final int LANE_SUBSCRIPTIONS = 6;

    /** An eighth of it holds the longest message of a lane that carries no frames: a profile. */
    private static final int MESSAGE_TERM_BYTES = 512 << 10;

    /** Far from the small numbers of the Archive's and a cluster's own streams. */
    private static final int OURS = 1 << 28;

    private static final int LANE_BITS = 4;
    private static final int INDEX_BITS = 8;

    /**
     * Groups of one star system: the last octet of a data group is odd, the next is its control.
     */
    private static final int GROUPS_PER_STAR_SYSTEM = 5;

    private static final int GROUP_SETS = 25;

    private static final int LANE_PRESENCE = 7;
    private static final String SPY = "aeron-spy:";

    private final TransportConfig transport;
    private final boolean isSpying;
    private final int life;
    private final int systemHash;

    /** For ends that never outlive each other, as in one process. */
    public StreamAddresses(TransportConfig transport, String starSystem) {
        this(transport, starSystem, 0, false);
    }

    /**
     * For ends in several processes.
     *
     * @param life the Aeron session of all that this life of the node publishes: what is left in
     *     the streams of the life before is not taken for it; 0 for any
     */
    public StreamAddresses(TransportConfig transport, String starSystem, int life) {
        this(transport, starSystem, life, false);
    }

    private StreamAddresses(
            TransportConfig transport, String starSystem, int life, boolean isSpying) {
        this.transport = transport;
        this.isSpying = isSpying;
        this.life = life;
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

    /**
     * The same for a gateway that shares the node's driver: it reads what the node sends before it
     * leaves, whatever carries it on.
     */
    public static StreamAddresses beside(TransportConfig transport, String starSystem) {
        return new StreamAddresses(transport, starSystem, 0, transport.kind() != TransportKind.IPC);
    }

    /** True when this end shares its endpoint among the streams of a lane by a tag. */
    boolean isTagged() {
        return transport.kind() == TransportKind.MULTI_DESTINATION && !isSpying;
    }

    /** Where a tier's frames go. */
    public String frames(Tier tier) {
        return publishedByNode(tier.ordinal(), "frames-" + tier.name().toLowerCase(Locale.ROOT));
    }

    /** Where a tier's frames are received. */
    public String framesIn(Tier tier) {
        return receivedFromNode(tier.ordinal(), "frames-" + tier.name().toLowerCase(Locale.ROOT));
    }

    /** The stream of one index of a tier. */
    public int frameStream(Tier tier, int index) {
        return stream(tier.ordinal(), index);
    }

    /** Where the node's messages to sessions go. */
    public String sessions() {
        return publishedByNode(LANE_SESSIONS, "sessions");
    }

    /** Where the node's messages to sessions are received. */
    public String sessionsIn() {
        return receivedFromNode(LANE_SESSIONS, "sessions");
    }

    /** The stream of messages to sessions. */
    public int sessionStream() {
        return stream(LANE_SESSIONS, 0);
    }

    /** Where gateways send inputs. */
    public String inputs() {
        return readByNode(
                LANE_INPUTS, "inputs", Math.max(INPUT_TERM_BYTES, termBytes(LANE_INPUTS)));
    }

    /**
     * Where the node takes inputs. It reads them once a tick, so that what all players say within
     * one has to fit the receiver's window.
     *
     * @param socketBytesMax the longest receive buffer that the system gives to a socket
     */
    String inputsIn(long socketBytesMax) {
        boolean fits = socketBytesMax >= INPUT_WINDOW_BYTES;
        return transport.kind() == TransportKind.IPC || !fits
                ? inputs()
                : inputs() + "|rcv-wnd=" + INPUT_WINDOW_BYTES + "|so-rcvbuf=" + INPUT_WINDOW_BYTES;
    }

    /** The stream of inputs. */
    public int inputStream() {
        return stream(LANE_INPUTS, 0);
    }

    /** Where gateways say what they watch. */
    public String subscriptions() {
        return readByNode(LANE_SUBSCRIPTIONS, "subscriptions", termBytes(LANE_SUBSCRIPTIONS));
    }

    /** The stream of what gateways watch. */
    public int subscriptionStream() {
        return stream(LANE_SUBSCRIPTIONS, 0);
    }

    /** Where the node says that it is there: reachable wherever its inputs are. */
    public static String presence(String nodeHost, int port) {
        return "aeron:udp?control="
                + nodeHost
                + ":"
                + (port + LANE_PRESENCE)
                + "|control-mode=dynamic|fc=max|term-length=1m|alias=presence";
    }

    /** Where a gateway hears whether its node is there. */
    public static String presenceIn(String nodeHost, int port) {
        return "aeron:udp?endpoint="
                + ownEndpoint(nodeHost)
                + "|control="
                + nodeHost
                + ":"
                + (port + LANE_PRESENCE)
                + "|control-mode=dynamic|alias=presence";
    }

    /** The stream of a node's presence: the same for all star systems, told apart by the port. */
    public static int presenceStream() {
        return OURS | LANE_PRESENCE << INDEX_BITS;
    }

    private int stream(int lane, int index) {
        return OURS | systemHash << (LANE_BITS + INDEX_BITS) | lane << INDEX_BITS | index;
    }

    /** What every subscription to this life of the node names. */
    String ofThisLife() {
        return life == 0 ? "" : "|session-id=" + life;
    }

    private String publishedByNode(int lane, String alias) {
        return toLane(lane, alias) + ofThisLife();
    }

    private String toLane(int lane, String alias) {
        return switch (transport.kind()) {
            case IPC -> "aeron:ipc?" + shape(alias, termBytes(lane));
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
                            + shape(alias, termBytes(lane));
            case MULTI_DESTINATION ->
                    "aeron:udp?control="
                            + control(lane)
                            + "|fc=max|"
                            + shape(alias, termBytes(lane));
            case UNICAST ->
                    "aeron:udp?endpoint=" + gateway(lane) + "|" + shape(alias, termBytes(lane));
        };
    }

    private String receivedFromNode(int lane, String alias) {
        if (isSpying) {
            return SPY + publishedByNode(lane, alias);
        }
        return transport.kind() == TransportKind.MULTI_DESTINATION
                ? "aeron:udp?endpoint="
                        + ownEndpoint(transport.nodeHost())
                        + "|control="
                        + control(lane)
                        + "|alias="
                        + alias
                        + ofThisLife()
                : publishedByNode(lane, alias);
    }

    private String control(int lane) {
        return transport.nodeHost() + ":" + (transport.port() + lane) + "|control-mode=dynamic";
    }

    private String gateway(int lane) {
        return transport.gatewayHost() + ":" + (transport.gatewayPort() + lane);
    }

    /** Any free port, of the loopback address alone where the node is on this machine. */
    private static String ownEndpoint(String nodeHost) {
        boolean isLocal = nodeHost.startsWith("127.") || nodeHost.equals("localhost");
        return (isLocal ? "127.0.0.1" : "0.0.0.0") + ":0";
    }

    private int lastOctet(int lane) {
        return 1 + 2 * (Math.floorMod(systemHash, GROUP_SETS) * GROUPS_PER_STAR_SYSTEM + lane);
    }

    private String readByNode(int lane, String alias, int termBytes) {
        return switch (transport.kind()) {
            case IPC -> "aeron:ipc?" + shape(alias, termBytes);
            case MULTICAST, MULTI_DESTINATION, UNICAST ->
                    "aeron:udp?endpoint="
                            + transport.nodeHost()
                            + ":"
                            + (transport.port() + lane)
                            + "|"
                            + shape(alias, termBytes);
        };
    }

    private int termBytes(int lane) {
        int bytes = transport.termLengthBytes();
        if (lane == Tier.CLOSE.ordinal()) {
            return bytes * CLOSE_TERMS;
        }
        return lane < LANE_SESSIONS ? bytes : Math.max(MESSAGE_TERM_BYTES, bytes);
    }

    private static String shape(String alias, int termBytes) {
        return "term-length=" + termBytes + "|alias=" + alias;
    }
}
