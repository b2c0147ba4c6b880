package dev.horizon.mesh.balance;

import dev.horizon.engine.tick.BorderCosts;
import dev.horizon.engine.tick.RegionCosts;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where to cut a region, across one axis, so that what its upper part takes of a tick is half of
 * all, or nearly: that part is to go to another node. What is held by a tether stays with the node,
 * so it counts for the lower part wherever it is. Within what half may be missed by, the cut is
 * where the fewest are seen across it: between groups rather than through one.
 *
 * @param axis 0 x, 1 y, 2 z
 * @param at metres; between two entities
 * @param spreadMetres between the places below which a quarter and three quarters of the load are
 * @param upper entities in the upper part that would go
 * @param upperShare what those take of all, 0 to 1
 * @param ghosts entities of either part that the other's node would be told of
 */
public record LoadCut(
        int axis, double at, double spreadMetres, int upper, double upperShare, int ghosts) {
    /** Of the load that could go: so much a part may be off its half, for groups' sake. */
    public static final double SLACK = 0.1;

    /** With so much, any cut will do that leaves something on either side. */
    public static final double SLACK_MAX = 0.5;

    /** However much is held, not all goes: of the load that could go, this share stays. */
    private static final double LOWER_MIN = 0.1;

    /** A place between two entities; the least is the best. */
    private record Candidate(
            double beyondSlack, int ghosts, double off, double at, int upper, double upperShare)
            implements Comparable<Candidate> {
        private static final Comparator<Candidate> ORDER =
                Comparator.comparingDouble(Candidate::beyondSlack)
                        .thenComparingInt(Candidate::ghosts)
                        .thenComparingDouble(Candidate::off);

        @Override
        public int compareTo(Candidate other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The cut across one axis; null where all is at one place along it.
     *
     * @param slack of the load that could go, 0 to 0.5: so much the upper part may be off its half
     */
    public static @Nullable LoadCut of(RegionCosts costs, int axis, double slack) {
        int[] order =
                IntStream.range(0, costs.count())
                        .boxed()
                        .sorted(Comparator.comparingDouble(each -> costs.place(axis, each)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        BorderCosts border = costs.across(axis);
        double all = costs.totalNanos();
        double free = all - costs.heldNanos();
        double wanted = Math.max(all / 2 - costs.heldNanos(), LOWER_MIN * free);
        double least = Math.max(wanted - slack * free, LOWER_MIN * free);
        double most = wanted + slack * free;
        double below = 0;
        double quarter = Double.NaN;
        double threeQuarters = Double.NaN;
        Candidate best = null;
        for (int i = 0; i < order.length; i++) {
            double place = costs.place(axis, order[i]);
            double before = i == 0 ? place : costs.place(axis, order[i - 1]);
            double at = before + (place - before) / 2;
            if (at > before) {
                var each =
                        new Candidate(
                                Math.max(0, Math.max(least - below, below - most)),
                                border.ghosts(at),
                                Math.abs(below - wanted),
                                at,
                                order.length - i,
                                (free - below) / all);
                best = best == null || each.compareTo(best) < 0 ? each : best;
            }
            below += costs.nanos(order[i]);
            quarter = Double.isNaN(quarter) && below >= free / 4 ? place : quarter;
            threeQuarters =
                    Double.isNaN(threeQuarters) && below >= free * 3 / 4 ? place : threeQuarters;
        }
        return best == null
                ? null
                : new LoadCut(
                        axis,
                        best.at,
                        threeQuarters - quarter,
                        best.upper,
                        best.upperShare,
                        best.ghosts);
    }

    /**
     * The cut across which the fewest are seen; of several the one across the axis along which load
     * is spread widest. Null where all is at one place.
     *
     * @param slack as of {@link #of}
     */
    public static @Nullable LoadCut best(RegionCosts costs, double slack) {
        LoadCut best = null;
        for (int axis = 0; axis < RegionCosts.AXES; axis++) {
            LoadCut cut = of(costs, axis, slack);
            if (cut != null
                    && (best == null
                            || cut.ghosts < best.ghosts
                            || cut.ghosts == best.ghosts && cut.spreadMetres > best.spreadMetres)) {
                best = cut;
            }
        }
        return best;
    }
}
