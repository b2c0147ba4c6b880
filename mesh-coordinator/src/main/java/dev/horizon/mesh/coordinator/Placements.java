package dev.horizon.mesh.coordinator;

import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.NodeLoad;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a star system take new players, and how much room each has: those that own a
 * region, keep one, and whose ticks advance and arrive. Kept nowhere: it follows from the ledger
 * and the time, and a report says by a mark what its node knows. Not thread-safe.
 */
final class Placements {
    /** Those with most room that a node is told of, some 600 bytes. */
    static final int NODES_MAX = 64;

    /** Of its ticks' budget that a node takes before it is full: where balancing begins, too. */
    static final int FULL_PERCENT = 80;

    /** Room in tenths changes, and is told, now and then; in hundredths with each report. */
    private static final int PERCENT_OF_TENTH = 10;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Ledger ledger;

    Placements(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What the node of a report doesn't know; null where it knows all, or wants to know nothing.
     *
     * @param now the cluster's time, ms
     */
    @Nullable Placement changes(NodeReport report, NodeEntry node, long now) {
        if (report.placement() == Placement.UNWANTED) {
            return null;
        }
        List<Placement.Room> nodes = nodes(node.starSystem(), now);
        long mark = mark(nodes);
        return mark == report.placement()
                ? null
                : new Placement(report.home(), report.life(), mark, nodes);
    }

    private List<Placement.Room> nodes(String starSystem, long now) {
        TreeSet<Long> keepers = new TreeSet<>();
        for (RegionEntry each : ledger.owned(starSystem)) {
            if (each.heir() == 0) {
                keepers.add(each.owner());
            }
        }
        List<Placement.Room> rooms = new ArrayList<>();
        for (long home : keepers) {
            NodeEntry node = ledger.node(home);
            if (node != null && isAble(node, now)) {
                rooms.add(new Placement.Room(home, tenths(node.load())));
            }
        }
        if (rooms.size() <= NODES_MAX) {
            return rooms;
        }
        return rooms.stream()
                .sorted(Comparator.comparingInt(Placement.Room::tenths).reversed())
                .limit(NODES_MAX)
                .sorted(Comparator.comparingLong(Placement.Room::node))
                .toList();
    }

    private static boolean isAble(NodeEntry node, long now) {
        return node.load().tick() > 0 && Health.of(node, now) == Health.TICKING;
    }

    private static int tenths(NodeLoad load) {
        int spare = Math.max(0, FULL_PERCENT - load.percent());
        return (spare + PERCENT_OF_TENTH - 1) / PERCENT_OF_TENTH;
    }

    private static long mark(List<Placement.Room> nodes) {
        long mark = 1;
        for (Placement.Room each : nodes) {
            mark = mix(mark, each.node());
            mark = mix(mark, each.tenths());
        }
        // Neither what stands for nothing known nor what stands for nothing wanted.
        return mark == 0 || mark == Placement.UNWANTED ? 1 : mark;
    }

    private static long mix(long mark, long value) {
        long mixed = (mark ^ value) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
