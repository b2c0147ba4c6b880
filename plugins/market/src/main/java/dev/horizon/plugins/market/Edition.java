package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;

/**
 * Numbers changes of this node's listings; one entity.
 *
 * @param last of the latest change
 */
@Component
record Edition(long last) {}
