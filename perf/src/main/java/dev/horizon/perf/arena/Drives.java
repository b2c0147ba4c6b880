package dev.horizon.perf.arena;

import dev.horizon.engine.world.Component;

/**
 * What a ship of the arena can do.
 *
 * @param thrust metres per second squared, in any direction
 * @param speed metres per second that it keeps to
 */
@Component
public record Drives(float thrust, float speed) {}
