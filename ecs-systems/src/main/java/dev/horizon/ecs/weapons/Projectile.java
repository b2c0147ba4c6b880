package dev.horizon.ecs.weapons;

import dev.horizon.ecs.identity.Faction;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * A shot under way. It moves and expires by {@link dev.horizon.ecs.flight.Drift}.
 *
 * @param source the ship that launched it, which it never hits
 * @param faction whose it is; it passes through ships of that side
 * @param damage points
 */
@Component
@Replicated(Tier.CLOSE)
public record Projectile(EntityId source, Faction faction, float damage) {}
