package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;

/**
 * An entity is about to leave for another node, with all that rides in it. What handlers write into
 * its components, add to them or let ride in it goes along; afterwards it isn't here any more.
 *
 * @param entity that leaves
 */
public record EntityLeaving(EntityId entity) {}
