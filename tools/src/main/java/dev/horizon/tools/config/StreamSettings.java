package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;

/**
 * How frames travel from the tick to gateways.
 *
 * @param perTier streams that the channels of one tier are hashed to
 * @param transport the medium
 * @param multicastAddress group of the first tier; the last octet is odd
 * @param multicastPort of all groups
 * @param multicastInterface address of the interface
 */
@Doc("How frames travel from the tick to gateways.")
public record StreamSettings(
        @Default("8") @Range(min = 1, max = 64) @Doc("Streams that a tier's channels share.")
                int perTier,
        @Default("ipc")
                @Doc("ipc within one process; multicast for gateways on other machines.")
                Transport transport,
        @Default("224.0.1.1") @Doc("Multicast group; the last octet must be odd.")
                String multicastAddress,
        @Default("40456") @Range(min = 1024, max = 65535) @Doc("Multicast port.")
                int multicastPort,
        @Default("localhost") @Doc("Interface of the multicast, by address or name.")
                String multicastInterface) {
    /** The medium of frames. */
    public enum Transport {
        /** Shared memory. */
        IPC,
        /** UDP multicast. */
        MULTICAST
    }
}
