package dev.horizon.ecs.damage;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What a destroyed ship was: the record of a death, for plugins to read from the next tick on.
 *
 * @param ship its id, no longer in the world
 * @param killer who shot last
 * @param shipType its kind
 * @param faction its side
 * @param diedAt tick, its low 32 bits
 */
@Component
@Replicated(Tier.CLOSE)
public record Wreck(
        EntityId ship, EntityId killer, ShipType shipType, Faction faction, int diedAt) {}
