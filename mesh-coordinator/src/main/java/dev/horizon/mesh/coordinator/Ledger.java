package dev.horizon.mesh.coordinator;

import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the coordinator remembers, in a fixed order. Not thread-safe. */
final class Ledger {
    /** Homes that are remembered, those that left included. */
    static final int NODES_MAX = 4_096;

    /** Regions of all star systems; those that nobody owns keep their epochs. */
    static final int REGIONS_MAX = 65_536;

    /** Ids of entities have 24 bits for the block. */
    static final int BLOCK_MAX = (1 << 24) - 1;

    private record Key(String starSystem, int region) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::starSystem).thenComparing(Key::region);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Long, NodeEntry> nodes = new TreeMap<>();
    private final Map<Key, RegionEntry> regions = new TreeMap<>();
    private int lastBlock;

    Collection<NodeEntry> nodes() {
        return nodes.values();
    }

    Collection<RegionEntry> regions() {
        return regions.values();
    }

    @Nullable NodeEntry node(long home) {
        return nodes.get(home);
    }

    /** The present node with a name, or null. */
    @Nullable NodeEntry present(String name) {
        for (NodeEntry node : nodes.values()) {
            if (node.presence() == Presence.PRESENT && node.name().equals(name)) {
                return node;
            }
        }
        return null;
    }

    @Nullable RegionEntry region(String starSystem, int id) {
        return regions.get(new Key(starSystem, id));
    }

    List<RegionEntry> owned(String starSystem) {
        return regions.values().stream()
                .filter(entry ->
                        entry.owner() != 0 && entry.region().starSystem().equals(starSystem))
                .toList();
    }

    /**
     * True when a home that isn't known yet has a place; who left longest ago may give up theirs.
     */
    boolean admitsNode() {
        if (nodes.size() < NODES_MAX) {
            return true;
        }
        NodeEntry oldest = null;
        for (NodeEntry node : nodes.values()) {
            if (node.presence() != Presence.PRESENT
                    && (oldest == null || node.heardAt() < oldest.heardAt())) {
                oldest = node;
            }
        }
        return oldest != null && nodes.remove(oldest.home()) != null;
    }

    /** True when so many regions that aren't known yet have a place. */
    boolean admitsRegions(int more) {
        return regions.size() + more <= REGIONS_MAX;
    }

    void put(NodeEntry node) {
        nodes.put(node.home(), node);
    }

    void put(RegionEntry entry) {
        regions.put(new Key(entry.region().starSystem(), entry.region().id()), entry);
    }

    /** Forgets a region that is part of another again. */
    void remove(RegionEntry entry) {
        regions.remove(new Key(entry.region().starSystem(), entry.region().id()));
    }

    /** Takes all regions of a home away; they keep their epochs. */
    void free(long home) {
        regions.replaceAll((key, entry) -> entry.owner() == home ? entry.freed() : entry);
    }

    boolean hasBlock() {
        return lastBlock < BLOCK_MAX;
    }

    int takeBlock() {
        return ++lastBlock;
    }

    int lastBlock() {
        return lastBlock;
    }

    void lastBlock(int block) {
        lastBlock = block;
    }
}
