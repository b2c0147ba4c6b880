package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.world.Region;

/**
 * One region of static ownership: a table of {@code [[node.regions]]}.
 *
 * @param id unique in the star system
 * @param epoch grows with every change of owner
 * @param minX metres, inclusive; by default beyond any star system
 * @param minY metres, inclusive
 * @param minZ metres, inclusive
 * @param maxX metres, exclusive
 * @param maxY metres, exclusive
 * @param maxZ metres, exclusive
 */
public record RegionSettings(
        int id,
        @Default("1") long epoch,
        @Default("-1e15") double minX,
        @Default("-1e15") double minY,
        @Default("-1e15") double minZ,
        @Default("1e15") double maxX,
        @Default("1e15") double maxY,
        @Default("1e15") double maxZ) {
    private static final double FAR = 1e15;

    /** One region without neighbours. */
    public static RegionSettings wholeStarSystem() {
        return new RegionSettings(1, 1, -FAR, -FAR, -FAR, FAR, FAR, FAR);
    }

    /** The same as the engine sees it. */
    public Region region(String starSystem) {
        return new Region(id, starSystem, epoch, minX, minY, minZ, maxX, maxY, maxZ);
    }
}
