package dev.horizon.tools.soak;

/**
 * A fault in the time line.
 *
 * @param second when it began
 * @param end when it was over
 * @param kind as in the plan
 * @param text what happened
 */
public record Mark(double second, double end, String kind, String text) {}
