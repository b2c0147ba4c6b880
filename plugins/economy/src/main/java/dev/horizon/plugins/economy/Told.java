package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * On a player's entity: what they were told of their money.
 *
 * @param playerId who
 * @param account theirs
 * @param credits as told last
 */
@Component
record Told(long playerId, EntityId account, long credits) {}
