package dev.horizon.tools.live;

/**
 * One event type.
 *
 * @param name of its record or its namespace and name
 * @param dispatched since the start
 * @param refused since the start
 * @param p99Micros one dispatch in a hundred takes longer
 * @param quarantined handlers that threw and are skipped
 */
public record EventStatus(
        String name, long dispatched, long refused, double p99Micros, int quarantined) {}
