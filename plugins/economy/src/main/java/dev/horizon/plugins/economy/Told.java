package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * On a player's entity: what they were told of their money.
 *
 * @param account theirs
 * @param credits as told last
 */
@Component
record Told(EntityId account, long credits) {}
