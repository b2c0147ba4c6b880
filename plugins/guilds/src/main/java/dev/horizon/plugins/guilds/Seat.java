package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * On a player's entity: the guild whose roster they follow.
 *
 * @param playerId who
 * @param guild theirs
 * @param revision of the guild that they were told, or -1
 */
@Component
record Seat(long playerId, EntityId guild, int revision) {}
