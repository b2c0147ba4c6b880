package dev.horizon.engine.world;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One component of all rows of a table: a subclass is generated per component, with one public
 * array per field. Capacity is fixed; a table grows by replacing its columns, and only between
 * systems, so nobody may keep a column beyond the call it was handed to.
 *
 * <p>Not thread-safe; systems that run in parallel are handed disjoint row ranges.
 *
 * @param <R> the component record
 */
public abstract class Column<R extends Record> {
    /** Rows of one range: the unit of change tracking and hashing; systems run over one or more. */
    public static final int RANGE_ROWS = 1024;

    private final int capacity;
    private final int[] changedAt;
    private final int[] rangeChangedAt;
    private final long[] markedRows;
    private final boolean[] markedRanges;

    /** Makes a column with all rows zero. */
    protected Column(int capacity) {
        this.capacity = capacity;
        this.changedAt = new int[capacity];
        this.rangeChangedAt = new int[(capacity + RANGE_ROWS - 1) / RANGE_ROWS];
        this.markedRows = new long[(capacity + 63) >>> 6];
        this.markedRanges = new boolean[(capacity + RANGE_ROWS - 1) / RANGE_ROWS];
    }

    /** The component's description. */
    public abstract ComponentType<? extends Column<R>> type();

    /** The array of the field that is a {@link Key}, by row; null where none is. */
    public long @Nullable [] keys() {
        return null;
    }

    /** Rows that fit. */
    public final int capacity() {
        return capacity;
    }

    /** Says that a row was written: sparse writers call it for each row they change. */
    public final void markRow(int row) {
        markedRows[row >>> 6] |= 1L << row;
    }

    /** Says that every row of the range with this index may have been written. */
    public final void markRange(int range) {
        markedRanges[range] = true;
    }

    /** True when anything in the range was marked since the last {@link #stamp}. */
    public final boolean isRangeMarked(int range) {
        if (markedRanges[range]) {
            return true;
        }
        int end = Math.min(markedRows.length, ((range + 1) * RANGE_ROWS) >>> 6);
        for (int word = (range * RANGE_ROWS) >>> 6; word < end; word++) {
            if (markedRows[word] != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Turns the marks of one range into change ticks and clears them.
     *
     * @param tick the tick, its low 32 bits
     */
    public final void stamp(int range, int tick) {
        int from = range * RANGE_ROWS;
        int to = Math.min(capacity, from + RANGE_ROWS);
        if (markedRanges[range]) {
            Arrays.fill(changedAt, from, to, tick);
            rangeChangedAt[range] = tick;
            markedRanges[range] = false;
            Arrays.fill(markedRows, from >>> 6, (to + 63) >>> 6, 0);
            return;
        }
        for (int word = from >>> 6; word < (to + 63) >>> 6; word++) {
            long bits = markedRows[word];
            while (bits != 0) {
                changedAt[(word << 6) + Long.numberOfTrailingZeros(bits)] = tick;
                rangeChangedAt[range] = tick;
                bits &= bits - 1;
            }
            markedRows[word] = 0;
        }
    }

    /** The tick (low 32 bits) at which the row was last stamped as changed. */
    public final int changedAt(int row) {
        return changedAt[row];
    }

    /**
     * The latest tick (low 32 bits) at which any row of the range was stamped as changed, or later:
     * whoever looks for changes skips the ranges that are older.
     */
    public final int rangeChangedAt(int range) {
        return rangeChangedAt[range];
    }

    private void raise(int row, int tick) {
        int range = row / RANGE_ROWS;
        if (tick - rangeChangedAt[range] > 0) {
            rangeChangedAt[range] = tick;
        }
    }

    /** Moves the change marks of a row with its values; for generated code and tables. */
    protected final void moveMarks(Column<R> source, int from, int to) {
        changedAt[to] = source.changedAt[from];
        raise(to, changedAt[to]);
        long bit = 1L << to;
        if (((source.markedRows[from >>> 6] >>> from) & 1) != 0
                || source.markedRanges[from / RANGE_ROWS]) {
            markedRows[to >>> 6] |= bit;
        } else {
            markedRows[to >>> 6] &= ~bit;
        }
    }

    /** True when the row was marked since the last {@link #stamp}. */
    public final boolean isRowMarked(int row) {
        return ((markedRows[row >>> 6] >>> row) & 1) != 0 || markedRanges[row / RANGE_ROWS];
    }

    /** Sets the tick at which a row changed, as a snapshot says; leaves its mark alone. */
    public final void restoreChangedAt(int row, int tick) {
        changedAt[row] = tick;
        raise(row, tick);
    }

    /** Removes the mark of one row in a range that isn't marked as a whole; for restoring. */
    public final void clearMark(int row) {
        markedRows[row >>> 6] &= ~(1L << row);
    }

    /** Copies the change marks of rows, the first of which begins a range; for generated code. */
    protected final void copyMarks(Column<R> source, int from, int to) {
        System.arraycopy(source.changedAt, from, changedAt, from, to - from);
        int range = from / RANGE_ROWS;
        int ranges = (to + RANGE_ROWS - 1) / RANGE_ROWS - range;
        System.arraycopy(source.rangeChangedAt, range, rangeChangedAt, range, ranges);
        System.arraycopy(source.markedRanges, range, markedRanges, range, ranges);
        int word = from >>> 6;
        System.arraycopy(source.markedRows, word, markedRows, word, ((to + 63) >>> 6) - word);
    }

    /** A column with another capacity that holds the first {@code rows} rows and their marks. */
    public abstract Column<R> withCapacity(int newCapacity, int rows);

    /** Overwrites row {@code to} with row {@code from}, marks included. */
    public abstract void moveRow(int from, int to);

    /** Copies a row, marks included, from a column of the same class. */
    public abstract void copyRow(Column<?> source, int from, int to);

    /**
     * Copies rows, marks included, from a column of the same class to the same places.
     *
     * @param from begins a range
     */
    public abstract void copyRows(Column<?> source, int from, int to);

    /** Sets all fields of a row to zero. */
    public abstract void clearRow(int row);

    /** The row as a record; allocates. */
    public abstract R row(int row);

    /**
     * Sets a row from a record and marks it.
     *
     * @throws IllegalArgumentException when a text or an array doesn't fit its bound
     */
    public abstract void setRow(int row, R value);

    /** A 64-bit hash of the rows' exact bits, in order; allocates nothing. */
    public abstract long hash(int from, int to);

    /** Writes one row, {@code type().rowBytes()} bytes, little-endian, fields in order. */
    public abstract void writeRow(int row, MutableDirectBuffer out, int offset);

    /** Reads what {@link #writeRow} wrote and marks the row. */
    public abstract void readRow(int row, DirectBuffer in, int offset);

    /** Replaces provisional entity ids in the row's fields. */
    public abstract void remapIds(int row, EntityIdMapping mapping);
}
