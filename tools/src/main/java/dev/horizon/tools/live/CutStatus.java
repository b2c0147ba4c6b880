package dev.horizon.tools.live;

import dev.horizon.engine.tick.RegionCosts;
import dev.horizon.mesh.balance.LoadCut;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a region would be cut in halves that cost alike.
 *
 * @param entities that could go to another node, without what rides in them
 * @param held those that a tether keeps
 * @param nanos what all of them take of a tick, as it is counted
 * @param cuts across each axis along which entities are at different places; the one along which
 *     load is spread widest first
 */
public record CutStatus(int entities, int held, double nanos, List<LoadCut> cuts) {
    /** Copies the list. */
    public CutStatus {
        cuts = List.copyOf(cuts);
    }

    static CutStatus of(RegionCosts costs) {
        List<LoadCut> cuts = new ArrayList<>();
        LoadCut widest = LoadCut.widest(costs);
        for (int axis = 0; axis < RegionCosts.AXES; axis++) {
            LoadCut cut = LoadCut.of(costs, axis);
            if (cut != null) {
                cuts.add(cut.equals(widest) ? 0 : cuts.size(), cut);
            }
        }
        return new CutStatus(costs.count(), costs.held(), costs.totalNanos(), cuts);
    }
}
