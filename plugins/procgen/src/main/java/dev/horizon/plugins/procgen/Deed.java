package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.Component;

/**
 * Something that a player did: an entity from the tick in which it was seen to the next.
 *
 * @param playerId who
 * @param pursuit what
 * @param amount units mined or delivered; 1 for a new place
 */
@Component
record Deed(long playerId, Pursuit pursuit, int amount) {}
