package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.MaxLength;

/**
 * That this node said yes to a guild that is founded at another, and says no to others of its name
 * or tag.
 *
 * @param guild to be
 * @param name its
 * @param tag its
 */
@Component
record Reservation(@Key EntityId guild, @MaxLength(24) String name, @MaxLength(5) String tag) {}
