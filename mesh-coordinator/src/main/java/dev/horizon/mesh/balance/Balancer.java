package dev.horizon.mesh.balance;

import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.coordinator.Health;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what to do about load, one step at a time, from what the coordinator shows: a node whose
 * ticks take too much for a while has its region cut and gives the upper part to the node of its
 * star system that has most room; what was cut is put together again once both nodes have little to
 * do. It reads no clock but the view's. Not thread-safe.
 */
public final class Balancer {
    private final BalancePolicy policy;

    /** By home: since when it has too much, or little, to do; cluster's milliseconds. */
    private final Map<Long, Long> highSince = new HashMap<>();

    private final Map<Long, Long> lowSince = new HashMap<>();
    private long quietUntil;

    /** A balancer that has seen nothing yet. */
    public Balancer(BalancePolicy policy) {
        this.policy = policy;
    }

    /**
     * The next step, or null while there is none. Whoever takes it says so by asking on: until load
     * has settled there is no other.
     *
     * @param view newer than the last
     */
    public @Nullable BalanceStep next(MeshView view) {
        List<NodeEntry> ticking =
                view.nodes().stream()
                        .filter(each -> Health.of(each, view.now()) == Health.TICKING)
                        .toList();
        note(ticking, view.now());
        if (view.regions().stream().anyMatch(each -> each.heir() != 0)) {
            quietUntil = view.now() + policy.settleMillis();
        }
        if (view.now() < quietUntil) {
            return null;
        }
        BalanceStep step = relief(ticking, view);
        if (step == null) {
            step = reunion(ticking, view);
        }
        if (step != null) {
            quietUntil = view.now() + policy.settleMillis();
        }
        return step;
    }

    private void note(List<NodeEntry> ticking, long now) {
        List<Long> homes = ticking.stream().map(NodeEntry::home).toList();
        highSince.keySet().retainAll(homes);
        lowSince.keySet().retainAll(homes);
        for (NodeEntry node : ticking) {
            note(highSince, node, node.load().percent() > policy.highPercent(), now);
            note(lowSince, node, node.load().percent() < policy.lowPercent(), now);
        }
    }

    private static void note(Map<Long, Long> since, NodeEntry node, boolean isSo, long now) {
        if (isSo) {
            since.putIfAbsent(node.home(), now);
        } else {
            since.remove(node.home());
        }
    }

    private boolean isSustained(Map<Long, Long> since, NodeEntry node, long now) {
        Long from = since.get(node.home());
        return from != null && now - from >= policy.sustainMillis();
    }

    /** For the busiest node that somebody can help. */
    private @Nullable BalanceStep relief(List<NodeEntry> ticking, MeshView view) {
        List<NodeEntry> busy =
                ticking.stream()
                        .filter(node -> isSustained(highSince, node, view.now()))
                        .sorted(
                                Comparator.comparingInt((NodeEntry node) -> node.load().percent())
                                        .reversed())
                        .toList();
        for (NodeEntry node : busy) {
            List<RegionEntry> own =
                    view.regions().stream()
                            .filter(each -> each.owner() == node.home())
                            .sorted(Comparator.comparingInt(each -> each.region().id()))
                            .toList();
            NodeEntry helper = helper(node, ticking);
            if (own.isEmpty() || helper == null) {
                continue;
            }
            String why =
                    "%s takes %d %% of its ticks, %s %d %%"
                            .formatted(
                                    node.name(),
                                    node.load().percent(),
                                    helper.name(),
                                    helper.load().percent());
            // Of several the one that was cut last: it is the smallest.
            return own.size() == 1
                    ? new BalanceStep.Split(own.getFirst().region(), why)
                    : new BalanceStep.Move(own.getLast().region(), helper, why);
        }
        return null;
    }

    /** The node with the least to do that could take half of another's work; null for none. */
    private @Nullable NodeEntry helper(NodeEntry busy, List<NodeEntry> ticking) {
        return ticking.stream()
                .filter(node -> node.home() != busy.home())
                .filter(node -> node.starSystem().equals(busy.starSystem()))
                .filter(node ->
                        node.load().percent() + busy.load().percent() / 2 < policy.highPercent())
                .min(Comparator.comparingInt(node -> node.load().percent()))
                .orElse(null);
    }

    /** Puts a part back where both nodes have little to do. */
    private @Nullable BalanceStep reunion(List<NodeEntry> ticking, MeshView view) {
        for (RegionEntry part : view.regions()) {
            NodeEntry partNode = idle(part, ticking, view.now());
            if (!part.isPart() || partNode == null) {
                continue;
            }
            for (RegionEntry other : view.regions()) {
                NodeEntry node = idle(other, ticking, view.now());
                if (node != null && other.region().joined(part.region()) != null) {
                    String why =
                            node.home() == partNode.home()
                                    ? node.name() + " has little to do"
                                    : "%s and %s have little to do"
                                            .formatted(node.name(), partNode.name());
                    return node.home() == partNode.home()
                            ? new BalanceStep.Merge(other.region(), part.region(), why)
                            : new BalanceStep.Move(part.region(), node, why);
                }
            }
        }
        return null;
    }

    /** Its owner, where that has had little to do for long enough. */
    private @Nullable NodeEntry idle(RegionEntry region, List<NodeEntry> ticking, long now) {
        return ticking.stream()
                .filter(node -> node.home() == region.owner())
                .filter(node -> isSustained(lowSince, node, now))
                .findFirst()
                .orElse(null);
    }
}
