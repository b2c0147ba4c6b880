package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * A node that has asked what is new of this node's stations, and has no answer yet.
 *
 * @param node its number
 * @param upTo the edition that it knows
 * @param askedAt tick
 */
@Component
record Reader(int node, long upTo, long askedAt) {}
