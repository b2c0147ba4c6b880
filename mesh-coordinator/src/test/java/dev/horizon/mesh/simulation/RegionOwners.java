package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what nodes hold to be their own: a region is one's at each instant, and an epoch's. */
final class RegionOwners {
    private record Epoch(int region, long epoch) {}

    private final Map<Epoch, String> lives = new HashMap<>();
    private final Map<Integer, Long> last = new HashMap<>();
    private long moved;

    void check(long now, List<SimulatedNode> nodes) {
        Map<Region, SimulatedNode> owners = new LinkedHashMap<>();
        for (SimulatedNode node : nodes) {
            Grant grant = node.ticking();
            for (Region region : grant == null ? List.<Region>of() : grant.regions()) {
                owners.forEach((other, owner) -> {
                    if (owner != node && isAnyInBoth(other, region)) {
                        fail(
                                "at %d ms node %d owns %s, and node %d owns %s",
                                now, owner.home(), other, node.home(), region);
                    }
                });
                owners.put(region, node);
                String life = node.home() + "/" + node.life();
                String before = lives.putIfAbsent(new Epoch(region.id(), region.epoch()), life);
                assertThat(before).as("who owned region %s", region).isIn(null, life);
                Long had = last.put(region.id(), node.home());
                moved += had != null && had != node.home() ? 1 : 0;
            }
        }
    }

    private static boolean isAnyInBoth(Region one, Region other) {
        return one.id() == other.id() || one.minX() < other.maxX() && other.minX() < one.maxX();
    }

    /** How often a region came to another node. */
    long moved() {
        return moved;
    }
}
