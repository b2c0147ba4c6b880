package dev.horizon.net.edge;

import java.util.Arrays;

/** A client's latest decisions: a ring that grows to its bound. */
final class Decisions {
    private static final int FIRST = 8;
    private static final Reason[] REASONS = Reason.values();

    private final int bound;
    private long[] ticks = new long[0];
    private long[] entities = new long[0];
    private float[] distances = new float[0];
    private byte[] tiers = new byte[0];
    private byte[] reasons = new byte[0];
    private int next;
    private int count;

    Decisions(int bound) {
        this.bound = bound;
    }

    void add(long tick, long entityId, int from, int to, Reason reason, double distance) {
        if (bound == 0) {
            return;
        }
        if (next == ticks.length) {
            if (next < bound) {
                int capacity = Math.min(bound, Math.max(FIRST, next * 2));
                ticks = Arrays.copyOf(ticks, capacity);
                entities = Arrays.copyOf(entities, capacity);
                distances = Arrays.copyOf(distances, capacity);
                tiers = Arrays.copyOf(tiers, capacity);
                reasons = Arrays.copyOf(reasons, capacity);
            } else {
                next = 0;
            }
        }
        ticks[next] = tick;
        entities[next] = entityId;
        distances[next] = (float) distance;
        tiers[next] = (byte) (from << 4 | to);
        reasons[next] = (byte) reason.ordinal();
        next++;
        count = Math.max(count, next);
    }

    /** The latest decision about an entity until a tick, or -1. */
    int find(long entityId, long untilTick) {
        for (int back = 1; back <= count; back++) {
            int at = (next - back + count) % count;
            if (entities[at] == entityId && ticks[at] <= untilTick) {
                return at;
            }
        }
        return -1;
    }

    /** True when nothing after this tick was forgotten. */
    boolean covers(long tick) {
        return count < bound || (count > 0 && ticks[next % count] <= tick);
    }

    long tick(int at) {
        return ticks[at];
    }

    int from(int at) {
        return tiers[at] >> 4;
    }

    int to(int at) {
        return tiers[at] & 15;
    }

    Reason reason(int at) {
        return REASONS[reasons[at]];
    }

    double distance(int at) {
        return distances[at];
    }
}
