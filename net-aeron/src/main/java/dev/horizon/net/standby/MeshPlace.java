package dev.horizon.net.standby;

import dev.horizon.engine.world.Region;
import java.util.List;

/**
 * A node's place in its mesh, which a standby takes when it takes over.
 *
 * @param home by which the mesh knows the node
 * @param life of the node
 * @param name of the node
 * @param coordinators of the mesh, host:port each
 * @param regions that the node is configured with
 * @param proof that the node has the mesh's key, of home and life
 */
public record MeshPlace(
        long home,
        long life,
        String name,
        List<String> coordinators,
        List<Region> regions,
        String proof) {
    /** Copies the lists. */
    public MeshPlace {
        coordinators = List.copyOf(coordinators);
        regions = List.copyOf(regions);
    }
}
