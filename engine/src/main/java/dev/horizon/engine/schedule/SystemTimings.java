package dev.horizon.engine.schedule;

import org.HdrHistogram.Histogram;

/**
 * What a system cost so far.
 *
 * @param name qualified name
 * @param nanosPerTick time over all its ranges, per tick in which it ran; a copy
 * @param runs ticks in which it ran
 * @param quarantined true while it is skipped
 */
public record SystemTimings(String name, Histogram nanosPerTick, long runs, boolean quarantined) {}
