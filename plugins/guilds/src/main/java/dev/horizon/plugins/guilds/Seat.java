package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * On a player's entity: the guild whose roster they were told.
 *
 * @param guild theirs
 * @param node that told them
 * @param revision of the guild that they were told
 */
@Component
record Seat(EntityId guild, int node, int revision) {}
