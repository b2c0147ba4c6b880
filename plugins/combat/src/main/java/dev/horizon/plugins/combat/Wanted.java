package dev.horizon.plugins.combat;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * On the ship of a player with a bounty: it flies a pirate's colours, so that everyone's guns hit
 * it; safe zones don't protect it, and to shoot it is no crime.
 *
 * @param credits of all bounties together
 */
@Component
@Replicated({Tier.MEDIUM, Tier.CLOSE})
public record Wanted(long credits) {}
