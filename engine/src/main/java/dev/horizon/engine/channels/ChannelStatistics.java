package dev.horizon.engine.channels;

/**
 * What one channel costs.
 *
 * @param channelId see {@link ChannelId#text}
 * @param members entities with a place that are in it; what rides in them comes on top
 * @param subscribers gateways that hear it
 * @param rowsPerSecond that it sent lately
 * @param bytesPerSecond the same of its frames, headers included
 */
public record ChannelStatistics(
        long channelId,
        int members,
        int subscribers,
        double rowsPerSecond,
        double bytesPerSecond) {}
