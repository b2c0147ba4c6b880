package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;

/**
 * A region and its owner.
 *
 * @param region the box, its star system and its epoch
 * @param owner the home of its node; 0 while nobody owns it
 */
public record RegionEntry(Region region, long owner) {
    /** The same without an owner. */
    public RegionEntry freed() {
        return new RegionEntry(region, 0);
    }
}
