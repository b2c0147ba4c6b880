package dev.horizon.mesh.agent;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * What a node may tick.
 *
 * @param block of the ids of entities that this life makes; no other node gets it
 * @param regions with the epochs at which they are this node's
 */
public record Grant(int block, List<Region> regions) {
    /** Copies the list. */
    public Grant {
        regions = List.copyOf(regions);
    }
}
