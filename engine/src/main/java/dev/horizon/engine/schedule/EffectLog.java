package dev.horizon.engine.schedule;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import java.util.Arrays;

/**
 * What one thread's systems emitted of one effect, in segments by (system, range). Keys ascend, so
 * that the logs of all threads merge into the order that doesn't depend on who ran what.
 */
final class EffectLog<C extends Column<?>> {
    private static final int SEGMENTS_INITIAL = 64;

    /** The queue that the current range sees: it starts empty. */
    final EffectQueue<C> current;

    private final EffectQueue<C> all;
    private long[] keys = new long[SEGMENTS_INITIAL];
    private int[] ends = new int[SEGMENTS_INITIAL];
    private boolean[] dropped = new boolean[SEGMENTS_INITIAL];
    private int segments;
    private int next;

    EffectLog(ComponentType<C> type) {
        current = new EffectQueue<>(type);
        all = new EffectQueue<>(type);
    }

    /** Files what the current range emitted; returns how much that is. */
    int end(long key) {
        int emitted = current.size();
        if (emitted == 0) {
            return 0;
        }
        all.addAll(current, 0, emitted);
        current.clear();
        if (segments == keys.length) {
            keys = Arrays.copyOf(keys, segments * 2);
            ends = Arrays.copyOf(ends, segments * 2);
            dropped = Arrays.copyOf(dropped, segments * 2);
        }
        keys[segments] = key;
        ends[segments] = all.size();
        dropped[segments] = false;
        segments++;
        return emitted;
    }

    /** Takes back what a system emitted. */
    void drop(int system) {
        for (int i = 0; i < segments; i++) {
            dropped[i] |= keys[i] >>> 32 == system;
        }
    }

    /** The key of the next segment, or {@code Long.MAX_VALUE} when none is left. */
    long nextKey() {
        while (next < segments && dropped[next]) {
            next++;
        }
        return next < segments ? keys[next] : Long.MAX_VALUE;
    }

    /** Appends the next segment to a queue. */
    void takeNext(EffectQueue<?> into) {
        into.addAll(all, next == 0 ? 0 : ends[next - 1], ends[next]);
        next++;
    }

    /** Forgets what was filed; the current range's queue stays. */
    void forget() {
        all.clear();
        segments = 0;
        next = 0;
    }
}
