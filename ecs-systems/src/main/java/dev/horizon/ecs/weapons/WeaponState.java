package dev.horizon.ecs.weapons;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Quantum;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What others see of a ship's guns.
 *
 * @param shots counts shots, wrapping: a client draws one for each step
 * @param beams mounts, one bit each, whose last shot was a beam
 * @param target what was shot at last
 * @param energy in the capacitor
 * @param capacity of the capacitor
 * @param recharge energy per second
 */
@Component
@Replicated(Tier.CLOSE)
public record WeaponState(
        byte shots,
        byte beams,
        EntityId target,
        @Quantum(1) float energy,
        float capacity,
        float recharge) {
    /** A full capacitor, nothing shot yet. */
    public static WeaponState charged(float capacity, float recharge) {
        return new WeaponState((byte) 0, (byte) 0, EntityId.NONE, capacity, capacity, recharge);
    }
}
