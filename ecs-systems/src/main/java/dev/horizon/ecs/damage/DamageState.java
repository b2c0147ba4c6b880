package dev.horizon.ecs.damage;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What the damage mechanism remembers of a ship.
 *
 * @param shieldRecharge points per second
 * @param lastHitAt tick, its low 32 bits, or 0 for never
 * @param lastHitBy who shot
 */
@Component
public record DamageState(float shieldRecharge, int lastHitAt, EntityId lastHitBy) {
    /** Never hit. */
    public static DamageState fresh(float shieldRecharge) {
        return new DamageState(shieldRecharge, 0, EntityId.NONE);
    }
}
