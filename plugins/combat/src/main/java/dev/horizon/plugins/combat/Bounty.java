package dev.horizon.plugins.combat;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Key;

/**
 * Money on a player's head. Its entity has an {@link dev.horizon.plugins.economy.Account} that
 * holds it until somebody earns it.
 *
 * @param playerId whose head
 */
@Component
public record Bounty(@Key long playerId) {}
