package dev.horizon.mesh.balance;

import dev.horizon.engine.tick.RegionCosts;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where to cut a region, across one axis, so that what its upper part takes of a tick is half of
 * all: that part is to go to another node. What is held by a tether stays with the node, so it
 * counts for the lower part wherever it is.
 *
 * @param axis 0 x, 1 y, 2 z
 * @param at metres; between two entities
 * @param spreadMetres between the places below which a quarter and three quarters of the load are
 * @param upper entities in the upper part that would go
 * @param upperShare what those take of all, 0 to 1
 */
public record LoadCut(int axis, double at, double spreadMetres, int upper, double upperShare) {
    /** However much is held, not all goes: of the load that could go, this share stays. */
    private static final double LOWER_MIN = 0.1;

    /** The cut across one axis; null where all is at one place along it. */
    public static @Nullable LoadCut of(RegionCosts costs, int axis) {
        int[] order =
                IntStream.range(0, costs.count())
                        .boxed()
                        .sorted(Comparator.comparingDouble(each -> costs.place(axis, each)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double all = costs.totalNanos();
        double free = all - costs.heldNanos();
        double wanted = Math.max(all / 2 - costs.heldNanos(), LOWER_MIN * free);
        double below = 0;
        double quarter = Double.NaN;
        double threeQuarters = Double.NaN;
        double nearest = Double.POSITIVE_INFINITY;
        LoadCut best = null;
        for (int i = 0; i < order.length; i++) {
            double place = costs.place(axis, order[i]);
            double before = i == 0 ? place : costs.place(axis, order[i - 1]);
            double at = before + (place - before) / 2;
            if (at > before && Math.abs(below - wanted) < nearest) {
                nearest = Math.abs(below - wanted);
                best = new LoadCut(axis, at, 0, order.length - i, (free - below) / all);
            }
            below += costs.nanos(order[i]);
            quarter = Double.isNaN(quarter) && below >= free / 4 ? place : quarter;
            threeQuarters =
                    Double.isNaN(threeQuarters) && below >= free * 3 / 4 ? place : threeQuarters;
        }
        return best == null
                ? null
                : new LoadCut(axis, best.at, threeQuarters - quarter, best.upper, best.upperShare);
    }

    /**
     * The cut across the axis along which load is spread widest: the border is short there, for
     * what is at it. Null where all is at one place.
     */
    public static @Nullable LoadCut widest(RegionCosts costs) {
        LoadCut widest = null;
        for (int axis = 0; axis < RegionCosts.AXES; axis++) {
            LoadCut cut = of(costs, axis);
            if (cut != null && (widest == null || cut.spreadMetres > widest.spreadMetres)) {
                widest = cut;
            }
        }
        return widest;
    }
}
