package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Key;

/**
 * Where a player who deals with this node was last known to play. They may have gone on since.
 *
 * @param playerId who
 * @param node its number
 */
@Component
record Guest(@Key long playerId, int node) {}
