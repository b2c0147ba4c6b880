package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at what nodes hold to be their own: a region is one's at each instant, and an epoch's. */
final class RegionOwners {
    private record Epoch(int region, long epoch) {}

    private final Map<Epoch, String> lives = new HashMap<>();
    private final Map<Integer, Long> last = new HashMap<>();
    private long moved;

    void check(long now, List<SimulatedNode> nodes) {
        Map<Integer, SimulatedNode> owners = new HashMap<>();
        for (SimulatedNode node : nodes) {
            Grant grant = node.ticking();
            for (Region region : grant == null ? List.<Region>of() : grant.regions()) {
                SimulatedNode other = owners.put(region.id(), node);
                if (other != null) {
                    fail(
                            "at %d ms region %d is owned by node %d and node %d",
                            now, region.id(), other.home(), node.home());
                }
                String life = node.home() + "/" + node.life();
                String before = lives.putIfAbsent(new Epoch(region.id(), region.epoch()), life);
                assertThat(before).as("who owned region %s", region).isIn(null, life);
                Long had = last.put(region.id(), node.home());
                moved += had != null && had != node.home() ? 1 : 0;
            }
        }
    }

    /** How often a region came to another node. */
    long moved() {
        return moved;
    }
}
