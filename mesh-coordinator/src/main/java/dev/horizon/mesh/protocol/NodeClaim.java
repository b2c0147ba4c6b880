package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * One life of a node, and the regions that it means to own.
 *
 * @param node its name: one node of the mesh has it at a time
 * @param home of its data folder, random and never 0; who speaks for it holds the folder's lock
 * @param life which start of the folder this is, from 1
 * @param starSystem the place that it runs
 * @param address where gateways hear it, host:port
 * @param pages where its pages and API are, a URL
 * @param peer where other nodes send it entities, host:port; empty where it takes none
 * @param regions the boxes; their epochs are the coordinator's to give
 */
public record NodeClaim(
        String node,
        long home,
        long life,
        String starSystem,
        String address,
        String pages,
        String peer,
        List<Region> regions) {
    /** Copies the list. */
    public NodeClaim {
        regions = List.copyOf(regions);
    }
}
