package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.RowHash;
import java.util.Arrays;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All entities with one composition: their ids and one column per component, packed. Rows are added
 * at the end and removed by moving the last row into the gap. Grows by replacing its columns, in
 * apply alone. Read from any thread while systems run; changed by the tick thread alone.
 */
public final class Table implements TableRows {
    /** What is few, such as wrecks, comes and goes without growing. Stands off from a page too. */
    private static final int CAPACITY_MIN = 320;

    /** Added to a doubled capacity: keeps whole words of marks, and the distance from pages. */
    private static final int SMALL_STAND_OFF_ROWS = 64;

    /** Of doubles 2,560 bytes, of floats 1,280: neither comes near a page again within 8 arrays. */
    private static final int STAND_OFF_ROWS = 320;

    private static final byte POISON = (byte) 0xFF;

    private final int ordinal;
    private Composition composition;
    private final ComponentType<?>[] types;
    private final Column<?>[] columns;
    private final RangeHashes[] hashes;
    private final RangeHashes idHashes;
    private final long compositionHash;
    private final int parentSlot;
    private final boolean poisonsOldColumns;
    private final boolean holdsGhosts;

    private long[] ids;
    private int size;

    /** Which rows have a key. */
    final TableKeys keys = new TableKeys(this);

    /** The first entity that rides in each row's. */
    long[] firstChild;

    /** The entity after each row's in its parent's list; 0 in the last; no array without Parent. */
    long[] nextSibling;

    /** The entity before each row's; the last of the list in its first. */
    long[] previousSibling;

    /** The parent in whose list each row's entity is, or 0. */
    long[] linkedParent;

    /** Tables that rows go to when a component is added or removed, by component ordinal. */
    @Nullable Table[] afterAdding;

    @Nullable Table[] afterRemoving;

    Table(int ordinal, Composition composition, int componentCount, boolean poisonsOldColumns) {
        this.ordinal = ordinal;
        this.composition = composition;
        this.poisonsOldColumns = poisonsOldColumns;
        this.types = composition.types().toArray(ComponentType<?>[]::new);
        this.columns = new Column<?>[types.length];
        this.hashes = new RangeHashes[types.length];
        this.idHashes = new RangeHashes(CAPACITY_MIN);
        long hash = RowHash.START;
        for (int i = 0; i < types.length; i++) {
            columns[i] = types[i].newColumn(CAPACITY_MIN);
            hashes[i] = new RangeHashes(CAPACITY_MIN);
            char[] name = types[i].name().toCharArray();
            hash = RowHash.add(hash, name, 0, name.length);
        }
        this.compositionHash = hash;
        this.parentSlot = slot(ParentColumn.TYPE);
        this.holdsGhosts = composition.contains(GhostColumn.TYPE);
        this.ids = new long[CAPACITY_MIN];
        this.firstChild = new long[CAPACITY_MIN];
        int links = parentSlot < 0 ? 0 : CAPACITY_MIN;
        this.nextSibling = new long[links];
        this.previousSibling = new long[links];
        this.linkedParent = new long[links];
        this.afterAdding = new Table[componentCount];
        this.afterRemoving = new Table[componentCount];
    }

    /** Its number, in order of creation. */
    public int ordinal() {
        return ordinal;
    }

    /** The components of its entities. */
    @Override
    public Composition composition() {
        return composition;
    }

    /** True where its rows are of other nodes' entities. */
    public boolean holdsGhosts() {
        return holdsGhosts;
    }

    /** Rows in use. */
    @Override
    public int size() {
        return size;
    }

    /** Rows that fit before it grows. */
    public int capacity() {
        return ids.length;
    }

    /** The entity of a row. */
    @Override
    public long entityAt(int row) {
        return ids[row];
    }

    /** The column of a component, or null where the composition lacks it. */
    public <C extends Column<?>> @Nullable C column(ComponentType<C> type) {
        int slot = slot(type);
        return slot < 0 ? null : type.columnClass().cast(columns[slot]);
    }

    /** The columns, in the order of the composition's components. Don't change the array. */
    @Override
    public Column<?>[] columns() {
        return columns;
    }

    /** The ids by row; replaced when the table grows. */
    public long[] ids() {
        return ids;
    }

    /** The place of a component among the columns, or -1. */
    int slot(ComponentType<?> type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        return -1;
    }

    /** The parents of its rows, or null where its entities ride in nobody. */
    @Nullable ParentColumn parents() {
        return parentSlot < 0 ? null : (ParentColumn) columns[parentSlot];
    }

    /** True when the next {@link #append} replaces the columns. */
    boolean isFull() {
        return size == ids.length;
    }

    /** Adds a row; its fields are the caller's to set and mark. */
    int append(long id) {
        if (isFull()) {
            grow(grown(ids.length));
        }
        int row = size++;
        ids[row] = id;
        firstChild[row] = 0;
        if (parentSlot >= 0) {
            nextSibling[row] = 0;
            previousSibling[row] = 0;
            linkedParent[row] = 0;
        }
        touch(row);
        return row;
    }

    /** Adds a row of zeros, marked. */
    int appendZeros(long id) {
        int row = append(id);
        for (Column<?> column : columns) {
            column.clearRow(row);
            column.markRow(row);
        }
        return row;
    }

    /** Removes a row by moving the last one into it; returns the entity that moved, or 0. */
    long remove(int row) {
        int last = size - 1;
        touch(last);
        long moved = 0;
        if (row != last) {
            touch(row);
            moved = ids[last];
            ids[row] = moved;
            for (Column<?> column : columns) {
                column.moveRow(last, row);
            }
            firstChild[row] = firstChild[last];
            if (parentSlot >= 0) {
                nextSibling[row] = nextSibling[last];
                previousSibling[row] = previousSibling[last];
                linkedParent[row] = linkedParent[last];
            }
        }
        size = last;
        return moved;
    }

    /** Copies a row's values, marks and links from another table; zeros what that lacks. */
    void copyRow(Table source, int from, int to) {
        for (int i = 0; i < types.length; i++) {
            int slot = source.slot(types[i]);
            if (slot >= 0) {
                columns[i].copyRow(source.columns[slot], from, to);
            } else {
                columns[i].clearRow(to);
                columns[i].markRow(to);
            }
        }
        firstChild[to] = source.firstChild[from];
        if (parentSlot >= 0 && source.parentSlot >= 0) {
            nextSibling[to] = source.nextSibling[from];
            previousSibling[to] = source.previousSibling[from];
            linkedParent[to] = source.linkedParent[from];
        }
    }

    /** Makes room for a number of rows at once. */
    void reserve(int rows) {
        if (rows > ids.length) {
            int capacity = ids.length;
            while (capacity < rows) {
                capacity = grown(capacity);
            }
            grow(capacity);
        }
    }

    /**
     * Twice as much up to one range, half as much again beyond it. All capacities stand off from
     * the multiples of a range: arrays of whole pages that lie one behind another make stores and
     * loads of the same row meet in the low 12 bits of their addresses, which processors take for a
     * dependency (measured: twice the time of a move).
     */
    private static int grown(int capacity) {
        if (capacity < Column.RANGE_ROWS) {
            return 2 * capacity + SMALL_STAND_OFF_ROWS;
        }
        int more = capacity + (capacity >> 1);
        return (more + Column.RANGE_ROWS - 1) / Column.RANGE_ROWS * Column.RANGE_ROWS
                + STAND_OFF_ROWS;
    }

    private void grow(int capacity) {
        ids = Arrays.copyOf(ids, capacity);
        firstChild = Arrays.copyOf(firstChild, capacity);
        if (parentSlot >= 0) {
            nextSibling = Arrays.copyOf(nextSibling, capacity);
            previousSibling = Arrays.copyOf(previousSibling, capacity);
            linkedParent = Arrays.copyOf(linkedParent, capacity);
        }
        idHashes.resize(capacity);
        for (int i = 0; i < columns.length; i++) {
            Column<?> old = columns[i];
            columns[i] = old.withCapacity(capacity, size);
            hashes[i].resize(capacity);
            if (poisonsOldColumns) {
                poison(old);
            }
        }
    }

    /** Fills a column that nobody may hold any more with values that show. */
    private static void poison(Column<?> column) {
        byte[] bytes = new byte[column.type().rowBytes()];
        Arrays.fill(bytes, POISON);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int row = 0; row < column.capacity(); row++) {
            column.readRow(row, buffer, 0);
        }
    }

    private void touch(int row) {
        idHashes.staleRow(row);
        for (RangeHashes column : hashes) {
            column.staleRow(row);
        }
        keys.rowsChanged();
    }

    /** Replaces columns by those of other components with the same names; rows stay. */
    void adopt(Map<ComponentType<?>, Successor> successors, int componentCount) {
        for (int i = 0; i < types.length; i++) {
            Successor successor = successors.get(types[i]);
            if (successor != null) {
                Column<?> old = columns[i];
                types[i] = successor.type();
                columns[i] = successor.column(old, size);
                hashes[i] = new RangeHashes(ids.length);
                if (poisonsOldColumns) {
                    poison(old);
                }
            }
        }
        keys.forget();
        composition = Composition.of(types);
        afterAdding = new Table[componentCount];
        afterRemoving = new Table[componentCount];
    }

    /** Turns marks into change ticks. */
    void stamp(int tick) {
        for (int i = 0; i < columns.length; i++) {
            Column<?> column = columns[i];
            int ranges = RangeHashes.ranges(ids.length);
            for (int range = 0; range < ranges; range++) {
                if (column.isRangeMarked(range)) {
                    hashes[i].staleRange(range);
                    column.stamp(range, tick);
                }
            }
        }
    }

    long hash() {
        long hash = RowHash.add(RowHash.add(compositionHash, size), idHashes.of(ids, size));
        for (int i = 0; i < columns.length; i++) {
            hash = RowHash.add(hash, hashes[i].of(columns[i], size));
        }
        return hash;
    }

    long fullHash() {
        long hash = RowHash.add(RowHash.add(compositionHash, size), RangeHashes.full(ids, size));
        for (Column<?> column : columns) {
            hash = RowHash.add(hash, RangeHashes.full(column, size));
        }
        return hash;
    }

    /** What changed of a column, or of the ids: slot -1. */
    RangeHashes changes(int slot) {
        return slot < 0 ? idHashes : hashes[slot];
    }

    long columnHash(int slot) {
        return hashes[slot].of(columns[slot], size);
    }

    @Nullable String unmarkedWrite() {
        for (int i = 0; i < columns.length; i++) {
            int range = hashes[i].unmarkedWrite(columns[i], size);
            if (range >= 0) {
                return describe(i, range);
            }
        }
        return null;
    }

    /** Tells a write to a range that nothing marked, once: from then on its hash is right. */
    @Nullable String takeUnmarkedWrite(int slot, int range) {
        if (!hashes[slot].isUnmarkedWrite(columns[slot], range, size)) {
            return null;
        }
        hashes[slot].staleRange(range);
        return describe(slot, range);
    }

    private String describe(int slot, int range) {
        return types[slot]
                + " of table "
                + ordinal
                + " "
                + composition.types()
                + ", rows from "
                + range * Column.RANGE_ROWS;
    }
}
