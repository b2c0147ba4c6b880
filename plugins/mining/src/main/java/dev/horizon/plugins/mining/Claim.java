package dev.horizon.plugins.mining;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Key;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * On a rock: that one player alone may cut it, for a while.
 *
 * @param playerId whose claim
 * @param expiresAt tick, its low 32 bits
 */
@Component
@Replicated(Tier.CLOSE)
public record Claim(@Key long playerId, int expiresAt) {}
