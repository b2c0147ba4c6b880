package dev.horizon.mesh.agent;

import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.List;

/**
 * What the coordinator knows.
 *
 * @param now the cluster's time when it answered, ms
 * @param nodes that it remembers, those that left included
 * @param regions with their owners and epochs
 * @param transfers that are open, or ended lately
 */
public record MeshView(
        long now, List<NodeEntry> nodes, List<RegionEntry> regions, List<TransferEntry> transfers) {
    /** Copies the lists. */
    public MeshView {
        nodes = List.copyOf(nodes);
        regions = List.copyOf(regions);
        transfers = List.copyOf(transfers);
    }
}
