package dev.horizon.engine.world;

/**
 * An axis-aligned box of a star system with exactly one owning node at a time.
 *
 * @param id unique in the star system
 * @param starSystem its name
 * @param epoch grows with every change of owner
 * @param minX metres, inclusive
 * @param minY metres, inclusive
 * @param minZ metres, inclusive
 * @param maxX metres, exclusive
 * @param maxY metres, exclusive
 * @param maxZ metres, exclusive
 */
public record Region(
        int id,
        String starSystem,
        long epoch,
        double minX,
        double minY,
        double minZ,
        double maxX,
        double maxY,
        double maxZ) {
    /** The same box at another epoch. */
    public Region at(long otherEpoch) {
        return new Region(id, starSystem, otherEpoch, minX, minY, minZ, maxX, maxY, maxZ);
    }

    /** True when the place is inside; NaN is not. */
    public boolean contains(double x, double y, double z) {
        return x >= minX && x < maxX && y >= minY && y < maxY && z >= minZ && z < maxZ;
    }
}
