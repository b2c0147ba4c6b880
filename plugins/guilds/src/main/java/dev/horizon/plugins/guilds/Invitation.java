package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * That a player may join a guild.
 *
 * @param guild which
 * @param playerId who
 * @param expiresAt tick after which it is void
 */
@Component
public record Invitation(EntityId guild, long playerId, long expiresAt) {}
