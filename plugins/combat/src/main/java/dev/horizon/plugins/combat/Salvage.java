package dev.horizon.plugins.combat;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A container with what is left of a cargo; its {@link dev.horizon.ecs.cargo.Hold} says what.
 *
 * @param ship of which it was
 * @param expiresAt tick, its low 32 bits, at which it breaks up
 */
@Component
public record Salvage(EntityId ship, int expiresAt) {}
