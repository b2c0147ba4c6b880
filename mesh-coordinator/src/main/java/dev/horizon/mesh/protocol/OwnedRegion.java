package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;

/**
 * What a region is to a node.
 *
 * @param region the box and its epoch
 * @param standing whose it is, and for how long
 */
public record OwnedRegion(Region region, Standing standing) {
    /** The same in another star system. */
    public OwnedRegion in(String starSystem) {
        return new OwnedRegion(
                new Region(
                        region.id(),
                        starSystem,
                        region.epoch(),
                        region.minX(),
                        region.minY(),
                        region.minZ(),
                        region.maxX(),
                        region.maxY(),
                        region.maxZ()),
                standing);
    }

    /** Whose a region is. */
    public enum Standing {
        /** The node's. */
        OWNED,
        /** The node's until nothing is in it any more. */
        LEAVING,
        /** Another's, whose entities come from there. */
        COMING
    }
}
