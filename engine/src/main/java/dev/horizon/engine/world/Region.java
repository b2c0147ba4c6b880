package dev.horizon.engine.world;

import org.jspecify.annotations.Nullable;

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

    /**
     * This box and another as one, under this one's number and the epoch after both; null where
     * they don't make a box.
     */
    public @Nullable Region joined(Region other) {
        double[] mins = mins();
        double[] maxs = maxs();
        double[] otherMins = other.mins();
        double[] otherMaxs = other.maxs();
        int differing = 0;
        boolean isTouching = false;
        for (int axis = 0; axis < mins.length; axis++) {
            boolean isSame = mins[axis] == otherMins[axis] && maxs[axis] == otherMaxs[axis];
            differing += isSame ? 0 : 1;
            isTouching |= maxs[axis] == otherMins[axis] || otherMaxs[axis] == mins[axis];
        }
        if (differing != 1 || !isTouching || !starSystem.equals(other.starSystem)) {
            return null;
        }
        return new Region(
                id,
                starSystem,
                Math.max(epoch, other.epoch) + 1,
                Math.min(minX, other.minX),
                Math.min(minY, other.minY),
                Math.min(minZ, other.minZ),
                Math.max(maxX, other.maxX),
                Math.max(maxY, other.maxY),
                Math.max(maxZ, other.maxZ));
    }

    private double[] mins() {
        return new double[] {minX, minY, minZ};
    }

    private double[] maxs() {
        return new double[] {maxX, maxY, maxZ};
    }

    /** True when the place is inside; NaN is not. */
    public boolean contains(double x, double y, double z) {
        return x >= minX && x < maxX && y >= minY && y < maxY && z >= minZ && z < maxZ;
    }
}
