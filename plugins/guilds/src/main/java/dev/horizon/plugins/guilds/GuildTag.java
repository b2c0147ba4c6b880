package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.MaxLength;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * On a member's ship, for others to see.
 *
 * @param tag of the guild
 */
@Component
@Replicated({Tier.LOW, Tier.MEDIUM, Tier.CLOSE})
public record GuildTag(@MaxLength(5) String tag) {}
