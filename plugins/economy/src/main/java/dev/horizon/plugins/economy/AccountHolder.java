package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Key;

/**
 * Says whose account it is. A player's account stays in the star system while they are away, so
 * that money neither leaves the world nor enters it.
 *
 * @param playerId the player's number
 */
@Component
public record AccountHolder(@Key long playerId) {}
