package dev.horizon.tools.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was seen of entities that count their stays, and their ticks over all stays: an entity that
 * moves begins its next stay with the ticks of the last. Thread-safe.
 */
final class Sightings {
    /**
     * One stay of an entity.
     *
     * @param fewest ticks seen in it
     * @param most ticks seen in it
     * @param lastNanos when the last question began whose answer showed it
     */
    private record Stay(String node, long fewest, long most, long firstNanos, long lastNanos) {
        Stay with(long ticks, long askedNanos, long answeredNanos) {
            return new Stay(
                    node,
                    Math.min(fewest, ticks),
                    Math.max(most, ticks),
                    Math.min(firstNanos, answeredNanos),
                    Math.max(lastNanos, askedNanos));
        }
    }

    private final Map<String, NavigableMap<Integer, Stay>> stays = new HashMap<>();
    private final Set<String> faults = new HashSet<>();
    private long seen;

    /**
     * A node has an entity.
     *
     * @param stay its number
     * @param ticks of the entity since it was made, wherever it was
     * @param askedNanos when the question began
     * @param answeredNanos when the answer was there
     */
    synchronized void saw(
            String node, String entity, int stay, long ticks, long askedNanos, long answeredNanos) {
        seen++;
        NavigableMap<Integer, Stay> all = stays.computeIfAbsent(entity, key -> new TreeMap<>());
        Stay before =
                all.getOrDefault(stay, new Stay(node, ticks, ticks, answeredNanos, askedNanos));
        if (!before.node().equals(node)) {
            faults.add("stay %d of %s is on %s and on %s".formatted(stay, entity, before, node));
        }
        all.put(stay, before.with(ticks, askedNanos, answeredNanos));
    }

    /** How many there were. */
    synchronized long count() {
        return seen;
    }

    /** Stays of all entities. */
    synchronized long stays() {
        return stays.values().stream().mapToLong(Map::size).sum();
    }

    /**
     * What can't be where one node has an entity at each instant: a stay on two nodes, one that was
     * seen after a later one had been, or that went on ticking when that had begun.
     */
    synchronized List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        stays.forEach((entity, each) -> {
            for (Map.Entry<Integer, Stay> former : each.entrySet()) {
                Map.Entry<Integer, Stay> later = each.higherEntry(former.getKey());
                if (later != null
                        && (former.getValue().most() > later.getValue().fewest()
                                || former.getValue().lastNanos() > later.getValue().firstNanos())) {
                    all.add("%s: %s overlaps %s".formatted(entity, former, later));
                }
            }
        });
        return all;
    }
}
