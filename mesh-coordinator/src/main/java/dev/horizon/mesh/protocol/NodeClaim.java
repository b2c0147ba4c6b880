package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * One life of a node, and the regions that it means to own.
 *
 * @param node its name: one node of the mesh has it at a time
 * @param home by which the mesh knows it: of the data folder in which it began, random, never 0
 * @param life which start of it this is, from 1
 * @param folder that speaks, and whose lock proves that its lives before are dead: the home, unless
 *     a standby took over
 * @param replaces the life from which that folder took over, and which can release nothing since; 0
 *     where it took over from none
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
        long folder,
        long replaces,
        String starSystem,
        String address,
        String pages,
        String peer,
        List<Region> regions) {
    /** Copies the list. */
    public NodeClaim {
        regions = List.copyOf(regions);
    }

    /** Of a node in the folder in which it began. */
    public NodeClaim(
            String node,
            long home,
            long life,
            String starSystem,
            String address,
            String pages,
            String peer,
            List<Region> regions) {
        this(node, home, life, home, 0, starSystem, address, pages, peer, regions);
    }
}
