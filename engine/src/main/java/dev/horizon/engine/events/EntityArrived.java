package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;

/**
 * An entity has come from another node, with all that rides in it, under the ids that it had there.
 *
 * @param entity that came
 * @param isReturned true where it left this node and the other could not take it
 */
public record EntityArrived(EntityId entity, boolean isReturned) {}
