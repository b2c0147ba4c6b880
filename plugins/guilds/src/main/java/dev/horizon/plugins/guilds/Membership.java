package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.MaxLength;

/**
 * That a player belongs to a guild; it stays while they are away. A player has one at most.
 *
 * @param guild which
 * @param playerId who
 * @param name theirs when they joined
 * @param rank theirs
 */
@Component
public record Membership(
        EntityId guild, @Key long playerId, @MaxLength(64) String name, Rank rank) {}
