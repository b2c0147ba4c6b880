package dev.horizon.tools.live;

import dev.horizon.engine.tick.RegionCosts;
import dev.horizon.mesh.balance.LoadCut;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a region would be cut in halves that cost alike, or nearly and between groups.
 *
 * @param entities that could go to another node, without what rides in them
 * @param held those that a tether keeps
 * @param nanos what all of them take of a tick, as it is counted
 * @param cuts across each axis along which entities are at different places; first the one across
 *     which the fewest are seen, of several that along which load is spread widest
 * @param halves the same where nothing may be off its half
 */
public record CutStatus(
        int entities, int held, double nanos, List<LoadCut> cuts, List<LoadCut> halves) {
    /** Copies the lists. */
    public CutStatus {
        cuts = List.copyOf(cuts);
        halves = List.copyOf(halves);
    }

    static CutStatus of(RegionCosts costs, double slack) {
        return new CutStatus(
                costs.count(),
                costs.held(),
                costs.totalNanos(),
                cuts(costs, slack),
                cuts(costs, 0));
    }

    private static List<LoadCut> cuts(RegionCosts costs, double slack) {
        List<LoadCut> cuts = new ArrayList<>();
        LoadCut best = LoadCut.best(costs, slack);
        for (int axis = 0; axis < RegionCosts.AXES; axis++) {
            LoadCut cut = LoadCut.of(costs, axis, slack);
            if (cut != null) {
                cuts.add(cut.equals(best) ? 0 : cuts.size(), cut);
            }
        }
        return cuts;
    }
}
