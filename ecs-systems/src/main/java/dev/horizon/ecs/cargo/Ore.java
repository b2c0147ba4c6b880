package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * What a rock still holds.
 *
 * @param units of ore
 */
@Component
@Replicated(value = Tier.CLOSE, cosmetic = true)
public record Ore(int units) {}
