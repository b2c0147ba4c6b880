package dev.horizon.mesh.agent;

import dev.horizon.engine.tick.Neighbour;
import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in what neighbours see of each other: lets the tick loop know whose regions are
 * near. What the loop tells them goes with what {@link TransferAgent} sends. One thread.
 */
final class NeighbourAgent {
    private final long home;
    private final TransferAgent transfers;
    private long mark;

    NeighbourAgent(long home, TransferAgent transfers) {
        this.home = home;
        this.transfers = transfers;
    }

    /** The mark of what the loop knows; {@link Neighbours#UNWANTED} where it tells nobody. */
    long known() {
        TransferDesk desk = transfers.desk();
        return desk == null || !desk.isTelling() ? Neighbours.UNWANTED : mark;
    }

    /** Tells the loop. */
    void take(Neighbours near) {
        @Nullable TransferDesk desk = transfers.desk();
        if (desk == null) {
            return; // It is said again.
        }
        Map<Long, List<Region>> regions = new TreeMap<>();
        for (Neighbours.Entry each : near.regions()) {
            transfers.address(each.node(), each.peer());
            regions.computeIfAbsent(each.node(), key -> new ArrayList<>()).add(each.region());
        }
        List<Neighbour> all = new ArrayList<>();
        regions.forEach((node, boxes) -> all.add(new Neighbour(node, boxes)));
        desk.neighbours(home, all);
        mark = near.mark();
    }
}
