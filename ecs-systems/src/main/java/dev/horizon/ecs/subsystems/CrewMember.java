package dev.horizon.ecs.subsystems;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * One of a ship's crew: a child entity that rides in it.
 *
 * @param role what they do
 * @param health 100 is well, 0 is dead
 */
@Component
@Replicated(value = Tier.CLOSE, cosmetic = true)
public record CrewMember(CrewRole role, float health) {}
