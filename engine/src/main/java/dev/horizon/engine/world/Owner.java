package dev.horizon.engine.world;

/**
 * Says that an entity belongs to a player: it is kept in the player's profile, with all that rides
 * in it, leaves the world when they log out and is there again when they return.
 *
 * @param playerId the player's number
 */
@Component
public record Owner(@Key long playerId) {}
