package dev.horizon.plugins.combat;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.ShipType;
import dev.horizon.engine.world.Component;

/**
 * Says that a player lost a ship or destroyed one: an entity from the tick in which it was to the
 * next. Public, for plugins that follow what players fight.
 *
 * @param killerId the player who shot last, or 0
 * @param victimId the player whose ship it was, or 0
 * @param shipType its kind
 * @param faction its side
 * @param wanted credits on the victim's head
 */
@Component
public record Kill(long killerId, long victimId, ShipType shipType, Faction faction, long wanted) {}
