package dev.horizon.net.archive;

/**
 * What made a tape; its first message.
 *
 * @param seed of the world
 * @param firstTick the first tick on the tape
 * @param tickHz ticks per simulated second
 * @param starSystem its name
 * @param build which code ran, as the build names itself
 */
public record TapeHeader(long seed, long firstTick, int tickHz, String starSystem, String build) {}
