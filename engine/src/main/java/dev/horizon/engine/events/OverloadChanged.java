package dev.horizon.engine.events;

/**
 * The node took a step up or down the ladder of overload, or time runs at another rate: once a
 * tick, after what the tick read from outside. Ticks stay as long as they are in simulated time;
 * what a plugin counts in ticks needs no change.
 *
 * @param step what is done about it now
 * @param timeRate simulated time per real time, 0.1 to 1; below 1 also while the recorder lags
 */
public record OverloadChanged(OverloadStep step, double timeRate) {}
