package dev.horizon.mesh.coordinator;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose regions are near a node's: their owners', and of those that move their heirs'. Kept
 * nowhere: it follows from the ledger, and a report says by a mark what its node knows. Not
 * thread-safe.
 */
final class Surroundings {
    /** The nearest that a node is told of, some 6 KB; who is farther away sees nothing of it. */
    static final int REGIONS_MAX = 64;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Ledger ledger;

    Surroundings(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What the node of a report doesn't know; null where it knows all, or wants to know nothing.
     */
    @Nullable Neighbours changes(NodeReport report, NodeEntry node) {
        if (report.neighbours() == Neighbours.UNWANTED) {
            return null;
        }
        List<Neighbours.Entry> near = near(node);
        long mark = mark(near);
        return mark == report.neighbours()
                ? null
                : new Neighbours(report.home(), report.life(), mark, near);
    }

    private List<Neighbours.Entry> near(NodeEntry node) {
        List<Region> own = new ArrayList<>();
        List<Neighbours.Entry> others = new ArrayList<>();
        for (RegionEntry entry : ledger.owned(node.starSystem())) {
            add(entry, entry.owner(), node, own, others);
            add(entry, entry.heir(), node, own, others);
        }
        if (others.size() <= REGIONS_MAX) {
            return others;
        }
        return others.stream()
                .sorted(Comparator.comparingDouble(each -> metres(own, each.region())))
                .limit(REGIONS_MAX)
                .toList();
    }

    private void add(
            RegionEntry entry,
            long home,
            NodeEntry node,
            List<Region> own,
            List<Neighbours.Entry> others) {
        NodeEntry other = home == 0 ? null : ledger.node(home);
        if (home == node.home()) {
            own.add(entry.region());
        } else if (other != null && !other.peer().isEmpty()) {
            others.add(new Neighbours.Entry(home, other.peer(), entry.region()));
        }
    }

    /** From the nearest of one's own. */
    private static double metres(List<Region> own, Region other) {
        return own.stream()
                .mapToDouble(each -> {
                    double x = gap(each.minX(), each.maxX(), other.minX(), other.maxX());
                    double y = gap(each.minY(), each.maxY(), other.minY(), other.maxY());
                    double z = gap(each.minZ(), each.maxZ(), other.minZ(), other.maxZ());
                    return Math.sqrt(x * x + y * y + z * z);
                })
                .min()
                .orElse(0);
    }

    private static double gap(double min, double max, double otherMin, double otherMax) {
        return Math.max(0, Math.max(otherMin - max, min - otherMax));
    }

    private static long mark(List<Neighbours.Entry> near) {
        long mark = 1;
        for (Neighbours.Entry each : near) {
            Region of = each.region();
            mark = mix(mark, each.node());
            mark = mix(mark, each.peer().hashCode());
            mark = mix(mark, Double.doubleToLongBits(of.minX()));
            mark = mix(mark, Double.doubleToLongBits(of.minY()));
            mark = mix(mark, Double.doubleToLongBits(of.minZ()));
            mark = mix(mark, Double.doubleToLongBits(of.maxX()));
            mark = mix(mark, Double.doubleToLongBits(of.maxY()));
            mark = mix(mark, Double.doubleToLongBits(of.maxZ()));
        }
        // Neither what stands for nothing known nor what stands for nothing wanted.
        return mark == 0 || mark == Neighbours.UNWANTED ? 1 : mark;
    }

    private static long mix(long mark, long value) {
        long mixed = (mark ^ value) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
