package dev.horizon.net.edge;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntHashSet;

/**
 * Component rows of tracks: one packed array of rows per kind of component, and for each track the
 * list of those that it has. Remembers in which round each changed.
 */
final class EdgeParts {
    static final int NONE = -1;

    /** Kinds of components that a node may replicate. */
    private static final int KINDS_MAX = 1_024;

    private static final int CELLS_FIRST = 256;

    static final long ALL_BYTES = -1;
    private static final int ROWS_FIRST = 64;

    private final Int2IntHashMap kinds = new Int2IntHashMap(NONE);
    private final IntHashSet near = new IntHashSet();
    private final IntHashSet far = new IntHashSet();
    int kindCount;
    int[] componentId = new int[0];
    int[] rowBytes = new int[0];
    byte[][] rows = new byte[0][];
    private int[] rowsUsed = new int[0];
    private int[] freeRow = new int[0];

    // Cells: one for each component of each track; a free one's next is the next free one.
    int[] kindOf = new int[0];
    int[] rowOf = new int[0];
    int[] next = new int[0];
    int[] changedRound = new int[0];

    /** Which bytes changed in that round, one bit each; all where the row was new or is longer. */
    long[] changedBytes = new long[0];

    private boolean[] heard = new boolean[0];
    private int cellsUsed;
    private int freeCell = NONE;
    private int[] first = new int[0];

    void ensure(int tracks) {
        int before = first.length;
        if (before < tracks) {
            first = Arrays.copyOf(first, tracks);
            Arrays.fill(first, before, tracks, NONE);
        }
    }

    int first(int track) {
        return first[track];
    }

    /** The kind of a component's rows; -1 where there are too many kinds. */
    int kind(int id, int bytes) {
        int key = id << 16 | bytes;
        int kind = kinds.get(key);
        if (kind != NONE || kindCount == KINDS_MAX) {
            return kind;
        }
        kind = kindCount++;
        kinds.put(key, kind);
        near.add(id);
        far.remove(id);
        componentId = Arrays.copyOf(componentId, kindCount);
        rowBytes = Arrays.copyOf(rowBytes, kindCount);
        rows = Arrays.copyOf(rows, kindCount);
        rowsUsed = Arrays.copyOf(rowsUsed, kindCount);
        freeRow = Arrays.copyOf(freeRow, kindCount);
        componentId[kind] = id;
        rowBytes[kind] = bytes;
        rows[kind] = new byte[ROWS_FIRST * Math.max(4, bytes)];
        freeRow[kind] = NONE;
        return kind;
    }

    /** A component came at a far tier. */
    void heardFar(int id) {
        if (!near.contains(id)) {
            far.add(id);
        }
    }

    /** True while there are components that came at far tiers alone. */
    boolean hasFarOnly() {
        return !far.isEmpty();
    }

    /** Puts a row; true when it says something new. */
    boolean put(int track, int kind, DirectBuffer buffer, int at, int round) {
        int cell = find(track, kind);
        boolean fresh = cell == NONE;
        if (fresh) {
            cell = allocate(kind);
            next[cell] = first[track];
            first[track] = cell;
        }
        heard[cell] = true;
        int bytes = rowBytes[kind];
        byte[] data = rows[kind];
        int from = rowOf[cell] * stride(kind);
        long changed = fresh ? ALL_BYTES : 0;
        for (int i = 0; i < bytes; i++) {
            byte value = buffer.getByte(at + i);
            if (data[from + i] != value) {
                changed |= bytes > Long.SIZE ? ALL_BYTES : 1L << i;
                data[from + i] = value;
            }
        }
        if (changed != 0) {
            changedBytes[cell] =
                    changedRound[cell] == round ? changedBytes[cell] | changed : changed;
            changedRound[cell] = round;
        }
        return changed != 0;
    }

    /** Where a cell's row begins in its kind's array. */
    int rowAt(int cell) {
        return rowOf[cell] * stride(kindOf[cell]);
    }

    /** Bytes from row to row: a free row's first four hold the next free one. */
    private int stride(int kind) {
        return Math.max(4, rowBytes[kind]);
    }

    /** Takes a component away; true when the track had it. */
    boolean strip(int track, int id) {
        int before = NONE;
        for (int cell = first[track]; cell != NONE; cell = next[cell]) {
            if (componentId[kindOf[cell]] == id) {
                unlink(track, before, cell);
                return true;
            }
            before = cell;
        }
        return false;
    }

    /** The component of a kind that a track has, or {@link #NONE}. */
    int find(int track, int kind) {
        int cell = first[track];
        while (cell != NONE && kindOf[cell] != kind) {
            cell = next[cell];
        }
        return cell;
    }

    /** True when two components of a kind say the same. */
    boolean isSame(int cell, int other) {
        int kind = kindOf[cell];
        int a = rowAt(cell);
        int b = rowAt(other);
        byte[] data = rows[kind];
        return Arrays.equals(data, a, a + rowBytes[kind], data, b, b + rowBytes[kind]);
    }

    /** From now on what is not heard again is missing. */
    void doubt(int track) {
        for (int cell = first[track]; cell != NONE; cell = next[cell]) {
            heard[cell] = false;
        }
    }

    /** A component that was not heard since {@link #doubt}, or -1. */
    int missing(int track) {
        for (int cell = first[track]; cell != NONE; cell = next[cell]) {
            if (!heard[cell]) {
                return componentId[kindOf[cell]];
            }
        }
        return NONE;
    }

    void clear(int track) {
        while (first[track] != NONE) {
            unlink(track, NONE, first[track]);
        }
    }

    private void unlink(int track, int before, int cell) {
        if (before == NONE) {
            first[track] = next[cell];
        } else {
            next[before] = next[cell];
        }
        int kind = kindOf[cell];
        putInt(rows[kind], rowAt(cell), freeRow[kind]);
        freeRow[kind] = rowOf[cell];
        next[cell] = freeCell;
        freeCell = cell;
    }

    private int allocate(int kind) {
        int cell = freeCell;
        if (cell == NONE) {
            if (cellsUsed == next.length) {
                grow();
            }
            cell = cellsUsed++;
        } else {
            freeCell = next[cell];
        }
        int row = freeRow[kind];
        int stride = stride(kind);
        if (row == NONE) {
            row = rowsUsed[kind]++;
            if ((row + 1) * stride > rows[kind].length) {
                rows[kind] = Arrays.copyOf(rows[kind], rows[kind].length / 2 * 3 + stride);
            }
        } else {
            freeRow[kind] = getInt(rows[kind], row * stride);
        }
        kindOf[cell] = kind;
        rowOf[cell] = row;
        return cell;
    }

    private void grow() {
        int capacity = Math.max(CELLS_FIRST, next.length / 2 * 3);
        kindOf = Arrays.copyOf(kindOf, capacity);
        rowOf = Arrays.copyOf(rowOf, capacity);
        next = Arrays.copyOf(next, capacity);
        changedRound = Arrays.copyOf(changedRound, capacity);
        changedBytes = Arrays.copyOf(changedBytes, capacity);
        heard = Arrays.copyOf(heard, capacity);
    }

    private static void putInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) (value >> 16);
        bytes[at + 3] = (byte) (value >> 24);
    }

    private static int getInt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | bytes[at + 3] << 24;
    }
}
