package dev.horizon.tools.live;

/**
 * Traffic of one tier.
 *
 * @param tier its name
 * @param channels that someone watches
 * @param frames published since the start
 * @param bytes published since the start
 * @param rows published since the start
 */
public record TierStatus(String tier, long channels, long frames, long bytes, long rows) {}
