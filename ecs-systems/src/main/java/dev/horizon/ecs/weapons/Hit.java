package dev.horizon.ecs.weapons;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * An effect: something was hit. Emitted in ACT, consumed by the damage mechanism in RESOLVE.
 *
 * @param target what was hit
 * @param source who shot
 * @param damage points
 */
@Component
public record Hit(EntityId target, EntityId source, float damage) {}
