package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.RowHash;
import java.util.Arrays;

/**
 * The cached hashes of one array of rows, by range, and which of them are out of date; and which
 * ranges a snapshot's copy doesn't have as they are. What changes the one changes the other.
 */
final class RangeHashes {
    private long[] hashes;
    private boolean[] stale;
    private boolean[] uncopied;

    RangeHashes(int capacity) {
        int ranges = ranges(capacity);
        hashes = new long[ranges];
        stale = new boolean[ranges];
        uncopied = new boolean[ranges];
        Arrays.fill(stale, true);
        Arrays.fill(uncopied, true);
    }

    static int ranges(int rows) {
        return (rows + Column.RANGE_ROWS - 1) / Column.RANGE_ROWS;
    }

    void resize(int capacity) {
        int before = hashes.length;
        int ranges = ranges(capacity);
        hashes = Arrays.copyOf(hashes, ranges);
        stale = Arrays.copyOf(stale, ranges);
        uncopied = Arrays.copyOf(uncopied, ranges);
        if (ranges > before) {
            Arrays.fill(stale, before, ranges, true);
            Arrays.fill(uncopied, before, ranges, true);
        }
    }

    void staleRow(int row) {
        staleRange(row / Column.RANGE_ROWS);
    }

    void staleRange(int range) {
        stale[range] = true;
        uncopied[range] = true;
    }

    /** True once after each change of a range: whoever asks copies it. */
    boolean takeUncopied(int range) {
        boolean taken = uncopied[range];
        uncopied[range] = false;
        return taken;
    }

    /** Says that no range is copied. */
    void forgetCopies() {
        Arrays.fill(uncopied, true);
    }

    /** The column's hash; ranges that are neither marked nor stale answer from the cache. */
    long of(Column<?> column, int rows) {
        long hash = RowHash.START;
        for (int range = 0, from = 0; from < rows; range++, from += Column.RANGE_ROWS) {
            if (stale[range] || column.isRangeMarked(range)) {
                hashes[range] = column.hash(from, Math.min(rows, from + Column.RANGE_ROWS));
                stale[range] = false;
            }
            hash = RowHash.add(hash, hashes[range]);
        }
        return hash;
    }

    /** The ids' hash, from the cache where nothing changed. */
    long of(long[] ids, int rows) {
        long hash = RowHash.START;
        for (int range = 0, from = 0; from < rows; range++, from += Column.RANGE_ROWS) {
            if (stale[range]) {
                int to = Math.min(rows, from + Column.RANGE_ROWS);
                hashes[range] = RowHash.add(RowHash.START, ids, from, to);
                stale[range] = false;
            }
            hash = RowHash.add(hash, hashes[range]);
        }
        return hash;
    }

    /** The column's hash, every range computed anew, the cache untouched. */
    static long full(Column<?> column, int rows) {
        long hash = RowHash.START;
        for (int from = 0; from < rows; from += Column.RANGE_ROWS) {
            hash = RowHash.add(hash, column.hash(from, Math.min(rows, from + Column.RANGE_ROWS)));
        }
        return hash;
    }

    /** The ids' hash, every range computed anew. */
    static long full(long[] ids, int rows) {
        long hash = RowHash.START;
        for (int from = 0; from < rows; from += Column.RANGE_ROWS) {
            int to = Math.min(rows, from + Column.RANGE_ROWS);
            hash = RowHash.add(hash, RowHash.add(RowHash.START, ids, from, to));
        }
        return hash;
    }

    /** The first range whose cached hash isn't the rows', though nothing marked it; -1 if none. */
    int unmarkedWrite(Column<?> column, int rows) {
        for (int range = 0; range < ranges(rows); range++) {
            if (isUnmarkedWrite(column, range, rows)) {
                return range;
            }
        }
        return -1;
    }

    /** True when a range's cached hash isn't the rows', though nothing marked it. */
    boolean isUnmarkedWrite(Column<?> column, int range, int rows) {
        int from = range * Column.RANGE_ROWS;
        int to = Math.min(rows, from + Column.RANGE_ROWS);
        return !stale[range]
                && !column.isRangeMarked(range)
                && hashes[range] != column.hash(from, to);
    }
}
