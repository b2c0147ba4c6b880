package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * Marks the account in which a player's money goes from node to node, beside their session. It is
 * put into their account at the beginning of the next tick, wherever that is.
 *
 * @param playerId whose
 */
@Component
record Purse(long playerId) {}
