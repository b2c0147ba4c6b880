package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.net.streams.TransportKind;
import org.jspecify.annotations.Nullable;

/**
 * How frames travel from the tick to gateways.
 *
 * @param perTier streams that the channels of one tier are hashed to
 * @param transport the medium
 * @param nodeHost where the node listens for gateways of other processes
 * @param port the first of eight UDP ports there
 * @param multicastPrefix first three octets of the groups
 * @param networkInterface of multicast: an address, or a name in braces
 * @param gatewayHost where the one gateway of unicast listens
 * @param gatewayPort the first of its eight UDP ports
 */
@Doc(
        "How frames travel from the tick to gateways. Gateways of other processes learn it of the node.")
public record StreamSettings(
        @Default("4") @Range(min = 1, max = 64) @Doc("Streams that a tier's channels share.")
                int perTier,
        @Default("auto")
                @Doc(
                        "auto: shared memory for up, the best that a self-test finds for node; ipc:"
                                + " within one process; multicast; mdc: a copy to each gateway that"
                                + " joins; unicast: to one gateway at a known address.")
                Transport transport,
        @Default("127.0.0.1")
                @Doc("Address at which the node listens for gateways of other processes.")
                String nodeHost,
        @Default("40456")
                @Range(min = 1024, max = 65_527)
                @Doc("First of eight UDP ports there; another for each node of a machine.")
                int port,
        @Default("224.0.1") @Doc("First three octets of the multicast groups.")
                String multicastPrefix,
        @Default("localhost") @Doc("Interface of multicast: an address, or a name as in {eth0}.")
                String networkInterface,
        @Default("127.0.0.1") @Doc("Address at which the one gateway of unicast listens.")
                String gatewayHost,
        @Default("40476") @Range(min = 1024, max = 65_527) @Doc("First of eight UDP ports there.")
                int gatewayPort) {
    /** The medium of frames. */
    public enum Transport {
        /** What fits. */
        AUTO(null),
        /** Shared memory. */
        IPC(TransportKind.IPC),
        /** UDP multicast. */
        MULTICAST(TransportKind.MULTICAST),
        /** A copy to each gateway that joins. */
        MDC(TransportKind.MULTI_DESTINATION),
        /** To one gateway. */
        UNICAST(TransportKind.UNICAST);

        private final @Nullable TransportKind kind;

        Transport(@Nullable TransportKind kind) {
            this.kind = kind;
        }

        /** The kind of streams, or null for what is decided at the start. */
        public @Nullable TransportKind kind() {
            return kind;
        }

        /** How a kind of streams is called in the configuration. */
        public static String name(TransportKind kind) {
            return kind == TransportKind.MULTI_DESTINATION
                    ? "mdc"
                    : kind.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The same for the streams, carried one way. */
    public TransportConfig transportConfig(TransportKind kind) {
        return new TransportConfig(
                kind,
                networkInterface,
                multicastPrefix,
                nodeHost,
                gatewayHost,
                gatewayPort,
                port,
                perTier,
                TransportConfig.ipc().termLengthBytes());
    }
}
