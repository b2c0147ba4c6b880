package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * On a depot that goes to another node with its station: where its player was last known to play.
 *
 * @param node its number
 */
@Component
record Patron(int node) {}
