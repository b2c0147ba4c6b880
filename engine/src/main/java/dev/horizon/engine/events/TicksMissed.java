package dev.horizon.engine.events;

/**
 * The node was away: before this tick come ticks that nobody simulated. All is as it was at the end
 * of the last one; what goes by tick numbers has come to be due meanwhile.
 *
 * @param lastTick the last one that was simulated
 * @param ticks how many were missed
 */
public record TicksMissed(long lastTick, long ticks) {}
