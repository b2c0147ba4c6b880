package dev.horizon.tools.live;

import java.util.Map;

/**
 * A node at a glance.
 *
 * @param version of Horizon
 * @param process its number on its machine
 * @param starSystem its name
 * @param healthy true while ticks advance and reach a subscriber within the limit
 * @param tick the last one that ended
 * @param tickHz ticks per second
 * @param tickOriginNanos when tick 0 would have begun, on the machine's monotonic clock
 * @param budgetMillis a tick may take
 * @param tickMillis what recent ticks took
 * @param overruns ticks beyond the budget since the start
 * @param overload what it does while ticks take too long
 * @param budgetOverruns times that a plugin or system took more of a tick than its budget
 * @param entities alive
 * @param players with a session
 * @param bytesPerSecond published, all tiers
 * @param hash of the world after the last tick, hexadecimal
 * @param uptimeSeconds since the first tick
 * @param tierRadiiMetres of a craft, nearest tier first
 */
public record NodeStatus(
        String version,
        long process,
        String starSystem,
        boolean healthy,
        long tick,
        int tickHz,
        long tickOriginNanos,
        double budgetMillis,
        TickMillis tickMillis,
        long overruns,
        OverloadStatus overload,
        long budgetOverruns,
        long entities,
        int players,
        long bytesPerSecond,
        String hash,
        long uptimeSeconds,
        Map<String, Double> tierRadiiMetres) {
    /**
     * Duration of recent ticks, milliseconds.
     *
     * @param last one
     * @param p50 median
     * @param p99 one in a hundred takes longer
     * @param p999 one in a thousand takes longer
     * @param max the longest
     */
    public record TickMillis(double last, double p50, double p99, double p999, double max) {}

    /**
     * How far it goes against overload.
     *
     * @param step as {@link dev.horizon.engine.events.OverloadStep#word} says it
     * @param number of the step, 0 for none
     * @param loadPercent what recent ticks took of their budget on average
     * @param timeRate simulated time per real time
     * @param steps up and down since the start
     */
    public record OverloadStatus(
            String step, int number, int loadPercent, double timeRate, long steps) {}
}
