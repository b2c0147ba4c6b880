package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.MaxLength;

/**
 * That a player belongs to a guild, as this node knows it; it stays while they are away. A player
 * has one.
 *
 * @param guild which
 * @param playerId who
 * @param name theirs when they joined
 * @param rank theirs
 * @param node where they play, or 0 while they are away
 * @param toldAt tick in which this node told the guild's home otherwise, or 0
 */
@Component
public record Membership(
        EntityId guild,
        @Key long playerId,
        @MaxLength(64) String name,
        Rank rank,
        int node,
        long toldAt) {}
