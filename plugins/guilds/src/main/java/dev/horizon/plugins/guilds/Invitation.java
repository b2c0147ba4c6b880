package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.MaxLength;

/**
 * At a guild's home: that a player may join it.
 *
 * @param guild which
 * @param name the player's
 * @param expiresAt tick after which it is void
 */
@Component
public record Invitation(EntityId guild, @MaxLength(64) String name, long expiresAt) {}
