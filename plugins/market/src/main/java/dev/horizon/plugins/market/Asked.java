package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * On a player's entity: how much they asked about the stations of other nodes lately.
 *
 * @param second in which
 * @param count how often
 */
@Component
record Asked(long second, int count) {}
