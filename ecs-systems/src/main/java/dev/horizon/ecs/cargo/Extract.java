package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * An effect: ore is to move from a rock into a hold.
 *
 * @param rock where it comes from
 * @param miner whose hold takes it
 * @param units at most
 */
@Component
public record Extract(EntityId rock, EntityId miner, int units) {}
