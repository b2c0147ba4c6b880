package dev.horizon.engine.tick;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * A node that has, or is to have, regions near those of this one.
 *
 * @param home of the node
 * @param regions of it, in the star system of this node
 */
public record Neighbour(long home, List<Region> regions) {
    /** Copies the list. */
    public Neighbour {
        regions = List.copyOf(regions);
    }
}
