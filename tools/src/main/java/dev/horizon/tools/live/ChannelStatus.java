package dev.horizon.tools.live;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.ChannelStatistics;

/**
 * What one of the busiest channels costs.
 *
 * @param channel size class, tier and cell
 * @param members entities with a place
 * @param subscribers gateways that hear it
 * @param rowsPerSecond lately
 * @param bytesPerSecond the same
 */
public record ChannelStatus(
        String channel, int members, int subscribers, double rowsPerSecond, double bytesPerSecond) {
    /** The same for people. */
    public static ChannelStatus of(ChannelStatistics statistics) {
        return new ChannelStatus(
                ChannelId.text(statistics.channelId()),
                statistics.members(),
                statistics.subscribers(),
                statistics.rowsPerSecond(),
                statistics.bytesPerSecond());
    }
}
