package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentType;
import java.util.Arrays;

/**
 * Which rows of a table have a key: open addressing to the first row of each, and for each row the
 * next one. Built from the column when asked after a change. Tick thread; allocates nothing once it
 * has grown.
 */
final class KeyIndex {
    static final int NONE = -1;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int SLOTS_MIN = 64;

    final ComponentType<?> type;

    private int[] first = new int[0];
    private int[] next = new int[0];

    /** The keys that it was built of. */
    private long[] keys = new long[0];

    private int rows;
    private int rowChanges;
    private boolean stale = true;

    KeyIndex(ComponentType<?> type) {
        this.type = type;
    }

    /** Looks whether rows were written since, from a range's first row to its last. */
    void rowsWritten(long[] now, int from, int to) {
        stale = stale || to > rows || Arrays.mismatch(now, from, to, keys, from, to) >= 0;
    }

    /**
     * The first row with the key, or {@link #NONE}.
     *
     * @param changes counts the rows that came, went or moved
     */
    int first(long key, long[] now, int size, int changes) {
        if (stale || changes != rowChanges) {
            build(now, size);
            rowChanges = changes;
        }
        return first[slot(key)];
    }

    /** The next row with the same key, or {@link #NONE}. */
    int next(int row) {
        return row < rows ? next[row] : NONE;
    }

    private void build(long[] now, int size) {
        if (keys.length < size) {
            keys = new long[now.length];
            next = new int[now.length];
        }
        if (first.length < Math.max(SLOTS_MIN, 2 * size)) {
            first = new int[Math.max(SLOTS_MIN, Integer.highestOneBit(2 * size) * 2)];
        }
        System.arraycopy(now, 0, keys, 0, size);
        rows = size;
        Arrays.fill(first, NONE);
        for (int row = size - 1; row >= 0; row--) {
            int slot = slot(keys[row]);
            next[row] = first[slot];
            first[slot] = row;
        }
        stale = false;
    }

    /** The slot of a key, or the free one where it belongs. */
    private int slot(long key) {
        int mask = first.length - 1;
        int slot = (int) (key * SPREAD >>> 32) & mask;
        while (first[slot] != NONE && keys[first[slot]] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
