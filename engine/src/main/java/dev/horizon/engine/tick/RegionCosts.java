package dev.horizon.engine.tick;

import java.util.Arrays;

/**
 * What the entities in a region cost their node, and where they are: those that ride in nothing,
 * each with all that rides in it. What is held by a tether stays with the node whatever becomes of
 * the region, and is kept apart. Filled by the tick thread, then read by others.
 */
public final class RegionCosts {
    /** Axes of a place. */
    public static final int AXES = 3;

    /** As the range of what is told to no neighbour. */
    public static final double UNTOLD = -1;

    private static final int CAPACITY_MIN = 1_024;

    /** Entities, one behind the other. */
    private static final class Entries {
        final double[][] places = new double[AXES][CAPACITY_MIN];
        double[] nanos = new double[CAPACITY_MIN];
        double[] toldMetres = new double[CAPACITY_MIN];
        int count;

        void add(double x, double y, double z, double nanosPerTick, double told) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
                toldMetres = Arrays.copyOf(toldMetres, 2 * count);
                for (int axis = 0; axis < AXES; axis++) {
                    places[axis] = Arrays.copyOf(places[axis], 2 * count);
                }
            }
            places[0][count] = x;
            places[1][count] = y;
            places[2][count] = z;
            toldMetres[count] = told;
            nanos[count++] = nanosPerTick;
        }

        double totalNanos() {
            double all = 0;
            for (int i = 0; i < count; i++) {
                all += nanos[i];
            }
            return all;
        }
    }

    private final Entries free = new Entries();
    private final Entries held = new Entries();

    /**
     * Adds one.
     *
     * @param isHeld true for one that stays with the node; others could go
     * @param nanosPerTick what it takes of a tick
     * @param toldMetres how far from a neighbour's region that is told of it; {@link #UNTOLD} where
     *     none is
     */
    public void add(
            boolean isHeld, double x, double y, double z, double nanosPerTick, double toldMetres) {
        (isHeld ? held : free).add(x, y, z, nanosPerTick, toldMetres);
    }

    /** How many could go to another node. */
    public int count() {
        return free.count;
    }

    /** Metres along an axis, 0 to 2, of one of them. */
    public double place(int axis, int index) {
        return free.places[axis][index];
    }

    /** What one of them takes of a tick, ns. */
    public double nanos(int index) {
        return free.nanos[index];
    }

    /** How many stay. */
    public int held() {
        return held.count;
    }

    /** What those take of a tick, ns. */
    public double heldNanos() {
        return held.totalNanos();
    }

    /** What all of them take of a tick, ns. */
    public double totalNanos() {
        return free.totalNanos() + held.totalNanos();
    }

    /** What a border across an axis, anywhere, has one node tell the other. */
    public BorderCosts across(int axis) {
        double[] from = new double[free.count + held.count];
        double[] to = new double[from.length];
        int count = 0;
        for (int i = 0; i < free.count; i++) {
            if (free.toldMetres[i] >= 0) {
                from[count] = free.places[axis][i] - free.toldMetres[i];
                to[count++] = free.places[axis][i] + free.toldMetres[i];
            }
        }
        for (int i = 0; i < held.count; i++) {
            if (held.toldMetres[i] >= 0) {
                // Above the border it is in the other node's region.
                from[count] = Double.NEGATIVE_INFINITY;
                to[count++] = held.places[axis][i] + held.toldMetres[i];
            }
        }
        return new BorderCosts(Arrays.copyOf(from, count), Arrays.copyOf(to, count));
    }
}
