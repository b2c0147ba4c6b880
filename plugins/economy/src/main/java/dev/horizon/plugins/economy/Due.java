package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * On a player's account: money came into it while they didn't play here. It goes to the node where
 * they do, once that is known.
 *
 * @param playerId whose
 * @param asked of the nodes that were asked for them; 0 where none was yet
 */
@Component
record Due(long playerId, int asked) {}
