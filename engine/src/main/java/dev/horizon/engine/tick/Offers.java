package dev.horizon.engine.tick;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which nodes of the mesh offer which services, as recorded inputs told it: part of what ticks
 * depend on. Nodes are known by the id blocks of their worlds, which no two worlds share. Tick
 * thread.
 */
final class Offers {
    /**
     * What one node offers.
     *
     * @param world id block of its world
     * @param types of services; none where it offers none any more
     */
    record Offer(int world, List<String> types) {}

    /** By home. */
    final Map<Long, Offer> all = new TreeMap<>();

    /** The home of this node; 0 where nobody has told it. */
    long self;

    /** Types of a text that has spaces between them. */
    static List<String> types(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    /** Worlds that offer a type, in order; with this one where it does, whatever was told of it. */
    int[] offering(String type, int own, boolean isOwn) {
        int[] worlds = new int[all.size() + 1];
        int count = 0;
        for (Map.Entry<Long, Offer> each : all.entrySet()) {
            Offer offer = each.getValue();
            if (each.getKey() != self && offer.types.contains(type)) {
                worlds[count++] = offer.world;
            }
        }
        if (isOwn) {
            worlds[count++] = own;
        }
        int[] found = Arrays.copyOf(worlds, count);
        Arrays.sort(found);
        return found;
    }

    /** The home of a world; 0 where nobody has told it. */
    long home(int world) {
        for (Map.Entry<Long, Offer> each : all.entrySet()) {
            if (each.getValue().world == world) {
                return each.getKey();
            }
        }
        return 0;
    }

    /**
     * Which of some worlds serves a key: the one with the highest score, a function of type, key
     * and world alone. So the others keep their keys when one comes or goes (D. Thaler, C.
     * Ravishankar, Using Name-Based Mappings to Increase Hit Rates, 1998).
     */
    static int serving(String type, long key, int[] worlds) {
        long of = mix(key ^ mix(type.hashCode()));
        int best = worlds[0];
        long bestScore = mix(of ^ mix(best));
        for (int world : worlds) {
            long score = mix(of ^ mix(world));
            if (Long.compareUnsigned(score, bestScore) > 0) {
                best = world;
                bestScore = score;
            }
        }
        return best;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
