package dev.horizon.tools.profile;

import java.time.Instant;

/**
 * A tick that took long.
 *
 * @param number of it
 * @param from its begin
 * @param to its end
 * @param millis that it took
 * @param coreMillis of these, what a core worked for the tick thread; else that waited
 * @param phase that took longest, in lower case
 * @param phaseMillis what it took
 * @param system that ran longest on one thread, with its plugin; empty where none took a
 *     millisecond
 * @param systemMillis what it took
 * @param pauseMillis that the collector stopped all threads meanwhile
 */
public record SlowTick(
        long number,
        Instant from,
        Instant to,
        double millis,
        double coreMillis,
        String phase,
        double phaseMillis,
        String system,
        double systemMillis,
        double pauseMillis) {}
