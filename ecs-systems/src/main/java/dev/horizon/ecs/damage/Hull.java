package dev.horizon.ecs.damage;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Quantum;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What holds a ship together. A ship whose points reach 0 in RESOLVE is removed at the end of that
 * tick: until then, in UPKEEP, its columns can still be read by whoever cares.
 *
 * @param points left
 * @param pointsMax when whole
 */
@Component
@Replicated({Tier.MEDIUM, Tier.CLOSE})
public record Hull(@Quantum(1) float points, @Quantum(1) float pointsMax) {
    /** A whole hull. */
    public static Hull of(float points) {
        return new Hull(points, points);
    }
}
