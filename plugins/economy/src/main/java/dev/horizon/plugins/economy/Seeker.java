package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Key;

/**
 * A node that has money for a player, and wants to hear when they play here.
 *
 * @param playerId who
 * @param node its number
 */
@Component
record Seeker(@Key long playerId, int node) {}
