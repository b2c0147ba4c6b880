package dev.horizon.mesh.ownership;

import dev.horizon.engine.world.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers who owns what. Implementations are immutable or thread-safe. */
public interface RegionOwnership {
    /** The regions that a node owns, in order of their ids. */
    List<Region> regionsOf(String node);

    /** The region of a star system that contains a place, or null where no region does. */
    @Nullable Region regionAt(String starSystem, double x, double y, double z);

    /** The node that owns a region, or null where the region doesn't exist. */
    @Nullable String ownerOf(String starSystem, int regionId);
}
