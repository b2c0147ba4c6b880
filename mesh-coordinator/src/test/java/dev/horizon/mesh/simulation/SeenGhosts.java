package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Ghost;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.simulation.SimulatedWorld.Seen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ghosts of all nodes, knowing nothing of how they come to be: at rest each node has
 * those of the others' ships that are near its regions, as they are, and no more.
 */
final class SeenGhosts {
    /** Who goes away is seen a little longer. */
    private static final double FAR_METRES = SimulatedWorld.GHOST_METRES * 1.11;

    private final List<SimulatedNode> nodes;

    SeenGhosts(List<SimulatedNode> nodes) {
        this.nodes = nodes;
    }

    /** At each instant, whatever is lost. */
    void checkNoneIsBoth() {
        for (SimulatedNode node : nodes) {
            SimulatedWorld world = node.world();
            if (world != null) {
                world.world.forEach(
                        Ghost.class,
                        ghost ->
                                assertThat(world.world.exists(ghost))
                                        .as("node %d ticks its ghost %s", node.home(), ghost)
                                        .isFalse());
            }
        }
    }

    /** What isn't as it is to be at rest, or null. */
    @Nullable String wrong(List<RegionEntry> regions) {
        if (nodes.stream().anyMatch(node -> node.world() == null)) {
            return "a node is dead";
        }
        for (SimulatedNode node : nodes) {
            SimulatedWorld world = Objects.requireNonNull(node.world());
            Map<Long, Seen> ghosts = world.ghosts();
            for (SimulatedNode other : nodes) {
                if (other == node) {
                    continue;
                }
                Map<Long, Seen> ships = Objects.requireNonNull(other.world()).ships();
                for (var ship : ships.entrySet()) {
                    Seen seen = ghosts.remove(ship.getKey());
                    double metres = metres(node.home(), regions, ship.getValue());
                    boolean isRight =
                            seen == null
                                    ? metres > SimulatedWorld.GHOST_METRES
                                    : metres <= FAR_METRES
                                            && seen.equals(ship.getValue())
                                            && world.nodeOf(ship.getKey()) == other.block();
                    if (!isRight) {
                        return "node %d sees %s, %.0f m from it, as %s, and node %d has it as %s"
                                .formatted(
                                        node.home(),
                                        new EntityId(ship.getKey()),
                                        metres,
                                        seen,
                                        other.home(),
                                        ship.getValue());
                    }
                }
            }
            if (!ghosts.isEmpty()) {
                return "node " + node.home() + " has ghosts of what nobody has: " + ghosts;
            }
        }
        return null;
    }

    private static double metres(long home, List<RegionEntry> regions, Seen ship) {
        return regions.stream()
                .filter(each -> each.owner() == home)
                .map(RegionEntry::region)
                .mapToDouble(each -> metres(each, ship))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static double metres(Region of, Seen ship) {
        double x = ship.at().x();
        return Math.max(0, Math.max(of.minX() - x, x - of.maxX()));
    }

    /** A replay of each tape, from its beginning, has the ghosts that the node has. */
    void checkReplays() {
        for (SimulatedNode node : nodes) {
            long hash = Objects.requireNonNull(node.world()).world.hash();
            assertThat(node.replay()).as("replay of node %d", node.home()).isEqualTo(hash);
        }
    }
}
