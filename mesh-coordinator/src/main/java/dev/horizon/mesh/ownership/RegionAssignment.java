package dev.horizon.mesh.ownership;

import dev.horizon.engine.world.Region;

/**
 * A region and the node that owns it.
 *
 * @param region the box, its star system and its epoch
 * @param node the owner's name
 */
public record RegionAssignment(Region region, String node) {}
