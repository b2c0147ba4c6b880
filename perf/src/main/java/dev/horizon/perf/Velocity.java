package dev.horizon.perf;

import dev.horizon.engine.world.Component;

/**
 * A velocity as wide as a position, so that moving is the same bytes as an axpy.
 *
 * @param x metres per second
 * @param y metres per second
 * @param z metres per second
 */
@Component
public record Velocity(double x, double y, double z) {}
