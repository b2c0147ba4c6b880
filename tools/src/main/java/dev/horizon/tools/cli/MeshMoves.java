package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.tools.node.MeshOperator;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code mesh move} and {@code mesh drain}: begin, and wait for the end. */
final class MeshMoves {
    private static final long LOOK_MILLIS = 100;

    private final MeshOperator operator;
    private final MeshView before;

    MeshMoves(MeshOperator operator) throws InterruptedException {
        this.operator = operator;
        before = operator.view();
    }

    /**
     * Moves a region.
     *
     * @param starSystem its star system; null where only one has a region of that number
     * @param secondsMax how long its end is waited for
     * @return what came of it
     * @throws HorizonException HZ-MESH-014 for a node that isn't there, HZ-MESH-029 for a region
     *     that isn't, HZ-MESH-030 when it can't move, HZ-MESH-031 when it has no end in time
     */
    String move(int id, @Nullable String starSystem, String to, long secondsMax)
            throws InterruptedException {
        NodeEntry destination = node(to);
        Region region = region(before, id, starSystem);
        long begun = System.nanoTime();
        operator.move(region, destination);
        Waiting waiting = new Waiting(secondsMax);
        MeshView view = operator.view();
        while (!isOn(view, region, destination)) {
            waiting.next("region " + id + " has not moved", view, owner(view, region));
            view = operator.view();
        }
        return "region %d of %s is on %s now (%d ms)"
                .formatted(id, region.starSystem(), to, millisSince(begun));
    }

    /** The region of that number; null for a star system where only one has it. */
    static Region region(MeshView view, int id, @Nullable String starSystem) {
        List<Region> found =
                view.regions().stream()
                        .map(RegionEntry::region)
                        .filter(each -> each.id() == id)
                        .filter(each -> starSystem == null || each.starSystem().equals(starSystem))
                        .toList();
        if (found.size() != 1) {
            throw new HorizonException(
                    "HZ-MESH-029",
                    found.isEmpty()
                            ? "the mesh has no region %d: 'horizon mesh status' lists them"
                                    .formatted(id)
                            : "%d star systems have a region %d: name one with --star-system"
                                    .formatted(found.size(), id));
        }
        return found.getFirst();
    }

    /**
     * Moves all of a node's regions to one other node.
     *
     * @param to its name; null for the one with the fewest entities
     * @param secondsMax how long it is waited until the node is empty
     * @return what came of it
     * @throws HorizonException as {@link #move}
     */
    String drain(String name, @Nullable String to, long secondsMax) throws InterruptedException {
        NodeEntry node = node(name);
        NodeEntry heir = to == null ? leastLoaded(node) : node(to);
        long begun = System.nanoTime();
        int moved = 0;
        for (RegionEntry each : before.regions()) {
            if (each.owner() == node.home()) {
                operator.move(each.region(), heir);
                moved++;
            }
        }
        Waiting waiting = new Waiting(secondsMax);
        MeshView view = operator.view();
        while (!isEmpty(view, node)) {
            waiting.next("node " + name + " is not empty", view, node.home());
            view = operator.view();
        }
        return "node %s is empty: %d region%s went to %s (%d ms); it may be stopped"
                .formatted(name, moved, moved == 1 ? "" : "s", heir.name(), millisSince(begun));
    }

    private static boolean isOn(MeshView view, Region region, NodeEntry destination) {
        return view.regions().stream()
                .anyMatch(each ->
                        isSame(each.region(), region)
                                && each.owner() == destination.home()
                                && each.heir() == 0);
    }

    private static boolean isSame(Region one, Region other) {
        return one.id() == other.id() && one.starSystem().equals(other.starSystem());
    }

    private static long owner(MeshView view, Region region) {
        return view.regions().stream()
                .filter(each -> isSame(each.region(), region))
                .mapToLong(RegionEntry::owner)
                .sum();
    }

    private static boolean isEmpty(MeshView view, NodeEntry node) {
        return view.regions().stream().noneMatch(each -> each.owner() == node.home())
                && view.nodes().stream()
                        .filter(each -> each.home() == node.home())
                        .allMatch(
                                each -> each.load().sessions() == 0 && each.load().toLeave() == 0);
    }

    private NodeEntry node(String name) {
        return before.nodes().stream()
                .filter(each -> each.presence() == Presence.PRESENT && each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> MeshTransfer.unknown(name));
    }

    private NodeEntry leastLoaded(NodeEntry drained) {
        return before.nodes().stream()
                .filter(each -> each.presence() == Presence.PRESENT)
                .filter(each -> each.home() != drained.home())
                .filter(each -> each.starSystem().equals(drained.starSystem()))
                .min(Comparator.comparingInt(each -> each.load().entities()))
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-MESH-030",
                                "no other node of star system '%s' may tick: start one, and name it with --to"
                                        .formatted(drained.starSystem())));
    }

    private static long millisSince(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Looks again in a while, for so long. */
    private record Waiting(long secondsMax, long end) {
        Waiting(long secondsMax) {
            this(secondsMax, System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax));
        }

        void next(String what, MeshView view, long source) throws InterruptedException {
            if (System.nanoTime() > end) {
                throw new HorizonException("HZ-MESH-031", text(what, view, source));
            }
            Thread.sleep(LOOK_MILLIS);
        }

        private String text(String what, MeshView view, long source) {
            String left =
                    view.nodes().stream()
                            .filter(each -> each.home() == source)
                            .map(each ->
                                    "%s still has %d entities to give and %d players"
                                            .formatted(
                                                    each.name(),
                                                    each.load().toLeave(),
                                                    each.load().sessions()))
                            .findFirst()
                            .orElse("its node is gone");
            return "%s after %d s: %s; it goes on without this command, and 'horizon mesh status' shows what holds it up"
                    .formatted(what, secondsMax, left);
        }
    }
}
