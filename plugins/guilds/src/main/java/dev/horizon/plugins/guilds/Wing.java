package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;

/**
 * On a ship that flies in a guild's fleet.
 *
 * @param leader ship that leads it; its own for the leader
 * @param slot place in the formation, 0 for the leader
 */
@Component
public record Wing(@Key EntityId leader, int slot) {}
