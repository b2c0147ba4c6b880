package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelId;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which near channels there are around a cell: looked up once for all viewers in it, until a
 * channel comes there. A fleet is in a few cells, and each of its viewers would look up the same
 * hundred.
 */
final class Surroundings {
    /** More than there are cells with viewers: those that viewers have left are forgotten so. */
    private static final int CELLS_MAX = 1 << 15;

    private static final int AROUND_MAX = 1 << 15;

    /** From any place in a cell to any other, in edges. */
    private static final double DIAGONAL = Math.sqrt(3);

    private final EdgeCache cache;
    private final Reach reach;
    private final Long2ObjectHashMap<Around> byCell = new Long2ObjectHashMap<>();
    private final long[] cells = new long[AROUND_MAX];
    private final long[] own = new long[1];
    private long seen;

    /** Of each kind the last cell that was asked for: viewers near each other come in a row. */
    private final long[] lastCell = new long[Reach.KINDS];

    private final @Nullable Around[] last = new Around[Reach.KINDS];

    Surroundings(EdgeCache cache, Reach reach) {
        this.cache = cache;
        this.reach = reach;
        this.seen = cache.newcomers.count();
    }

    /**
     * Channels of a kind, among which are all within reach of a place. Some hold nothing any more,
     * and some are out of reach.
     */
    Around of(int kind, double x, double y, double z) {
        learn();
        if (cover(kind, x, y, z, 0, own) == 0) {
            return lookUp(kind, x, y, z);
        }
        Around latest = last[kind];
        if (latest != null && lastCell[kind] == own[0]) {
            return latest;
        }
        long key = EdgeCache.key(own[0]);
        Around around = byCell.get(key);
        if (around == null) {
            if (byCell.size() == CELLS_MAX) {
                forget();
            }
            around = lookUp(kind, x, y, z);
            byCell.put(key, around);
        }
        lastCell[kind] = own[0];
        last[kind] = around;
        return around;
    }

    private Around lookUp(int kind, double x, double y, double z) {
        Around found = new Around(reach.edge[kind]);
        int count = cover(kind, x, y, z, around(kind), cells);
        for (int i = 0; i < count; i++) {
            EdgeChannel channel = cache.channel(cells[i]);
            if (channel != null) {
                found.add(channel);
            }
            for (EdgeChannel part : cache.parts(cells[i])) {
                found.add(part);
            }
        }
        return found;
    }

    /** Adds channels that came since the last time to what is around them. */
    private void learn() {
        long count = cache.newcomers.count();
        if (count - seen > Newcomers.KEPT) {
            forget();
        } else if (!byCell.isEmpty()) {
            for (long at = seen; at < count; at++) {
                EdgeChannel channel = cache.channel(cache.newcomers.at(at));
                if (channel != null) {
                    learn(channel);
                }
            }
        }
        seen = count;
    }

    private void forget() {
        byCell.clear();
        Arrays.fill(last, null);
    }

    private void learn(EdgeChannel channel) {
        long base = ChannelId.base(channel.id);
        double edge = reach.edge[channel.kind];
        int count =
                cover(
                        channel.kind,
                        ChannelId.middle(ChannelId.cellX(base), edge),
                        ChannelId.middle(ChannelId.cellY(base), edge),
                        ChannelId.middle(ChannelId.cellZ(base), edge),
                        around(channel.kind),
                        cells);
        for (int i = 0; i < count; i++) {
            Around around = byCell.get(EdgeCache.key(cells[i]));
            if (around != null && !around.contains(channel)) {
                around.tidy();
                around.add(channel);
            }
        }
    }

    /** From any place in a cell, what is within reach of any other place in it. */
    private double around(int kind) {
        return reach.cells(kind, Double.POSITIVE_INFINITY) + DIAGONAL * reach.edge[kind];
    }

    private int cover(int kind, double x, double y, double z, double within, long[] ids) {
        return reach.rules.cover(
                Reach.SIZE_CLASSES[kind / EdgeTracks.TIERS],
                Reach.TIERS[kind % EdgeTracks.TIERS],
                x,
                y,
                z,
                within,
                ids);
    }
}
