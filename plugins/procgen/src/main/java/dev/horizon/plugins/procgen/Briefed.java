package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.Component;

/**
 * On a player's entity: their rounds of offers.
 *
 * @param playerId who
 * @param nextAt tick of the next round
 * @param fresh true for offers that they weren't told yet
 */
@Component
record Briefed(long playerId, long nextAt, boolean fresh) {}
