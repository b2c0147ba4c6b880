package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * Cuts ore out of a rock while it has a target in range.
 *
 * @param range metres between the ship and the rock's surface
 * @param unitsPerCycle ore per cycle
 * @param cycleTicks ticks per cycle, at least 1
 * @param target the rock, or {@link EntityId#NONE} while switched off
 * @param readyAt tick, its low 32 bits, of the next cycle
 */
@Component
@Replicated(Tier.CLOSE)
public record MiningLaser(
        float range, int unitsPerCycle, int cycleTicks, EntityId target, int readyAt) {
    /** Switched off. */
    public static MiningLaser off(float range, int unitsPerCycle, int cycleTicks) {
        return new MiningLaser(range, unitsPerCycle, cycleTicks, EntityId.NONE, 0);
    }
}
