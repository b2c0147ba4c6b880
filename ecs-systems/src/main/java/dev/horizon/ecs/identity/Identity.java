package dev.horizon.ecs.identity;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.MaxLength;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What an object is and whose. Whatever can be hit, seen by sensors or steered around has one.
 *
 * @param faction its side
 * @param shipType its kind
 * @param name its own name, at most 24 bytes of UTF-8, or empty
 */
@Component
@Replicated({Tier.LOW, Tier.MEDIUM, Tier.CLOSE})
public record Identity(Faction faction, ShipType shipType, @MaxLength(24) String name) {}
