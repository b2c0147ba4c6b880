package dev.horizon.engine.tick;

import java.util.Arrays;

/** How many entities one node tells the other of, by where the border between them is. */
public final class BorderCosts {
    private final double[] from;
    private final double[] to;

    /** Of ranges, metres, each from the least to the greatest border that tells of its entity. */
    BorderCosts(double[] from, double[] to) {
        this.from = from;
        this.to = to;
        Arrays.sort(from);
        Arrays.sort(to);
    }

    /** Entities of either side that are ghosts on the other, with a border there, metres. */
    public int ghosts(double border) {
        return below(from, Math.nextUp(border)) - below(to, border);
    }

    private static int below(double[] sorted, double bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
