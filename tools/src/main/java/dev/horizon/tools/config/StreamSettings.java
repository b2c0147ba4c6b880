package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.streams.TransportConfig;

/**
 * How frames travel from the tick to gateways.
 *
 * @param perTier streams that the channels of one tier are hashed to
 * @param transport the medium
 * @param multicastPrefix first three octets of the groups
 * @param networkInterface of multicast: an address, or a name in braces
 * @param port the first of eight UDP ports
 */
@Doc("How frames travel from the tick to gateways.")
public record StreamSettings(
        @Default("8") @Range(min = 1, max = 64) @Doc("Streams that a tier's channels share.")
                int perTier,
        @Default("ipc")
                @Doc("ipc within one process; multicast for subscribers in other processes too.")
                Transport transport,
        @Default("224.0.1") @Doc("First three octets of the multicast groups.")
                String multicastPrefix,
        @Default("localhost") @Doc("Interface of multicast: an address, or a name as in {eth0}.")
                String networkInterface,
        @Default("40456")
                @Range(min = 1024, max = 65_527)
                @Doc("First of eight UDP ports of multicast.")
                int port) {
    /** The medium of frames. */
    public enum Transport {
        /** Shared memory. */
        IPC,
        /** UDP multicast. */
        MULTICAST
    }

    /** The same for the streams. */
    public TransportConfig transportConfig() {
        TransportConfig base =
                transport == Transport.IPC
                        ? TransportConfig.ipc()
                        : TransportConfig.multicast(networkInterface, port);
        return new TransportConfig(
                base.kind(),
                networkInterface,
                multicastPrefix,
                base.nodeHost(),
                base.gatewayHost(),
                base.gatewayPort(),
                port,
                perTier,
                base.termLengthBytes());
    }
}
