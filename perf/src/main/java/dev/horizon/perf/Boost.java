package dev.horizon.perf;

import dev.horizon.engine.world.Component;

/**
 * A component that benchmarks add and remove.
 *
 * @param power some value
 */
@Component
public record Boost(float power) {}
