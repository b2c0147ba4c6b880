package dev.horizon.ecs.flight;

import dev.horizon.engine.world.Component;

/**
 * Marks what moves in a straight line at its own velocity.
 *
 * @param expiresAt tick, its low 32 bits, at which the entity is removed; 0 for never
 */
@Component
public record Drift(int expiresAt) {}
