package dev.horizon.engine.tick;

import java.util.Arrays;

/**
 * What the entities in a region cost their node, and where they are: those that ride in nothing,
 * each with all that rides in it. What is held by a tether stays with the node whatever becomes of
 * the region, and has no place here. Filled by the tick thread, then read by others.
 */
public final class RegionCosts {
    /** Axes of a place. */
    public static final int AXES = 3;

    private static final int CAPACITY_MIN = 1_024;

    private final double[][] places = new double[AXES][CAPACITY_MIN];
    private double[] nanos = new double[CAPACITY_MIN];
    private int count;
    private int held;
    private double heldNanos;

    /** Adds one that could go to another node. */
    public void add(double x, double y, double z, double nanosPerTick) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
            for (int axis = 0; axis < AXES; axis++) {
                places[axis] = Arrays.copyOf(places[axis], 2 * count);
            }
        }
        places[0][count] = x;
        places[1][count] = y;
        places[2][count] = z;
        nanos[count++] = nanosPerTick;
    }

    /** Adds one that stays. */
    public void addHeld(double nanosPerTick) {
        held++;
        heldNanos += nanosPerTick;
    }

    /** How many could go to another node. */
    public int count() {
        return count;
    }

    /** Metres along an axis, 0 to 2, of one of them. */
    public double place(int axis, int index) {
        return places[axis][index];
    }

    /** What one of them takes of a tick, ns. */
    public double nanos(int index) {
        return nanos[index];
    }

    /** How many stay. */
    public int held() {
        return held;
    }

    /** What those take of a tick, ns. */
    public double heldNanos() {
        return heldNanos;
    }

    /** What all of them take of a tick, ns. */
    public double totalNanos() {
        double all = heldNanos;
        for (int i = 0; i < count; i++) {
            all += nanos[i];
        }
        return all;
    }
}
