package dev.horizon.tools.live;

/**
 * Cost of one system.
 *
 * @param name qualified by its plugin
 * @param runs since the start
 * @param p50Micros median of one tick
 * @param p99Micros one tick in a hundred takes longer
 * @param maxMicros the longest
 * @param quarantined true when it threw and is skipped
 */
public record SystemStatus(
        String name,
        long runs,
        double p50Micros,
        double p99Micros,
        double maxMicros,
        boolean quarantined) {}
