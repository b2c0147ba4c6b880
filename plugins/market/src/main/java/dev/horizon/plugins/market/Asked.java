package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * On a player's entity: how much of what they asked went to other nodes lately.
 *
 * @param second in which
 * @param count how often
 */
@Component
record Asked(long second, int count) {}
