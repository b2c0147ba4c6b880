package dev.horizon.net.streams;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;

/**
 * How streams reach their subscribers. Both ends compute addresses from it; what differs from
 * machine to machine are the interface, and how the other end is called.
 *
 * @param kind shared memory, or one of the rungs of UDP
 * @param networkInterface of multicast: a name such as {@code {eth0}}, an address, or localhost
 * @param multicastPrefix first three octets of the groups
 * @param nodeHost where the node listens; unused with IPC
 * @param gatewayHost where the one gateway of unicast listens
 * @param gatewayPort the first of its eight UDP ports
 * @param port the first of eight UDP ports; unused with IPC
 * @param streamsPerTier streams that share the channels of one tier
 * @param termLengthBytes of a stream of frames: a power of two from 128 KiB, of CLOSE twice that;
 *     frames go up to an eighth of it
 */
public record TransportConfig(
        @Default("ipc") TransportKind kind,
        @Default("localhost") String networkInterface,
        @Default("224.0.1") String multicastPrefix,
        @Default("127.0.0.1") String nodeHost,
        @Default("127.0.0.1") String gatewayHost,
        @Default("40476") int gatewayPort,
        @Default("40456") int port,
        @Default("4") int streamsPerTier,
        @Default("262144") int termLengthBytes) {
    /** Stream ids keep eight bits for it; more than a few costs far more than it gains. */
    public static final int STREAMS_PER_TIER_MAX = 256;

    /**
     * A datagram that is lost holds up a quarter of a tier's channels; each stream costs memory.
     */
    private static final int STREAMS_PER_TIER = 4;

    /**
     * An eighth of it holds the longest frame. Three terms of each stream stay in memory, at either
     * end, and mapped twice where driver and client share a process.
     */
    private static final int TERM_LENGTH_BYTES = 256 << 10;

    /** UDP ports of a star system, from the first. */
    public static final int PORTS = 8;

    /** An eighth of it, the longest message, is not shorter than the driver's fragments. */
    private static final int TERM_LENGTH_BYTES_MIN = 128 << 10;

    private static final int TERM_LENGTH_BYTES_MAX = 64 << 20;

    /**
     * Checks bounds.
     *
     * @throws HorizonException HZ-STR-002 when a value can't work
     */
    public TransportConfig {
        if (streamsPerTier < 1 || streamsPerTier > STREAMS_PER_TIER_MAX) {
            throw invalid("streams-per-tier", streamsPerTier, "1 to " + STREAMS_PER_TIER_MAX);
        }
        if (Integer.bitCount(termLengthBytes) != 1
                || termLengthBytes < TERM_LENGTH_BYTES_MIN
                || termLengthBytes > TERM_LENGTH_BYTES_MAX) {
            throw invalid(
                    "term-length-bytes", termLengthBytes, "a power of two, 128 KiB to 64 MiB");
        }
        requirePort("port", port);
        requirePort("gateway-port", gatewayPort);
    }

    private static void requirePort(String key, int port) {
        if (port < 1 || port + PORTS > 1 << 16) {
            throw invalid(key, port, "1 to " + ((1 << 16) - PORTS));
        }
    }

    private static HorizonException invalid(String key, int value, String allowed) {
        return new HorizonException(
                "HZ-STR-002", "transport." + key + " is " + value + "; set it to " + allowed + ".");
    }

    /** Shared memory with the default shape. */
    public static TransportConfig ipc() {
        return udp(TransportKind.IPC, "localhost", 40456);
    }

    /** Multicast on an interface, from a port, with the default shape. */
    public static TransportConfig multicast(String networkInterface, int port) {
        return udp(TransportKind.MULTICAST, networkInterface, port);
    }

    /** Any kind on this machine's loopback, with the default shape; the gateway's ports behind. */
    public static TransportConfig loopback(TransportKind kind, int port) {
        return udp(kind, "localhost", port);
    }

    private static TransportConfig udp(TransportKind kind, String networkInterface, int port) {
        return new TransportConfig(
                kind,
                networkInterface,
                "224.0.1",
                "127.0.0.1",
                "127.0.0.1",
                port + PORTS,
                port,
                STREAMS_PER_TIER,
                TERM_LENGTH_BYTES);
    }

    /** The same carried another way. */
    public TransportConfig as(TransportKind other) {
        return new TransportConfig(
                other,
                networkInterface,
                multicastPrefix,
                nodeHost,
                gatewayHost,
                gatewayPort,
                port,
                streamsPerTier,
                termLengthBytes);
    }

    /** The same as seen from another machine, which calls the node and its interface otherwise. */
    public TransportConfig from(String node, String ownInterface) {
        return new TransportConfig(
                kind,
                ownInterface,
                multicastPrefix,
                node,
                gatewayHost,
                gatewayPort,
                port,
                streamsPerTier,
                termLengthBytes);
    }
}
