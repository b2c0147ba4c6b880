package dev.horizon.ecs.damage;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Quantum;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * Takes damage before the hull does, and recharges after a while without hits.
 *
 * @param points left
 * @param pointsMax when full
 */
@Component
@Replicated({Tier.MEDIUM, Tier.CLOSE})
public record Shield(@Quantum(1) float points, @Quantum(1) float pointsMax) {
    /** A full shield. */
    public static Shield of(float points) {
        return new Shield(points, points);
    }
}
