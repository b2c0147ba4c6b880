package dev.horizon.ecs.damage;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A hit on what another node has: an entity of its own on its way there, and the event for the
 * service {@link Damage#SERVICE} that tells of it.
 *
 * @param target what was hit
 * @param source who shot
 * @param damage points
 * @param node that has the target, by its number among services; 0 once it is there
 * @param hops nodes that it was sent on by, because the target had gone on
 */
@Component
public record FarHit(EntityId target, EntityId source, float damage, int node, int hops) {}
