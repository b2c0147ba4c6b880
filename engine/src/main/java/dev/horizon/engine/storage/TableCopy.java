package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import java.util.List;

/** A table's rows as they were, in arrays of their own. */
final class TableCopy implements TableRows {
    /** In place of a column's slot. */
    static final int IDS = -1;

    private final Table table;
    private final long[] ids;
    private final Column<?>[] columns;
    private int size;

    /** Room for a table's rows; made by any thread. */
    TableCopy(Table table, int capacity) {
        this.table = table;
        ids = new long[capacity];
        List<ComponentType<?>> types = table.composition().types();
        columns = new Column<?>[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = types.get(i).newColumn(capacity);
        }
    }

    int capacity() {
        return ids.length;
    }

    /** Copies what changed of a column or of the ids since it was copied last; returns bytes. */
    int copy(int slot) {
        RangeHashes changes = table.changes(slot);
        int bytes = 0;
        for (int range = 0, from = 0; from < table.size(); range++, from += Column.RANGE_ROWS) {
            if (changes.takeUncopied(range)) {
                int to = Math.min(table.size(), from + Column.RANGE_ROWS);
                bytes += (to - from) * copy(slot, from, to);
            }
        }
        return bytes;
    }

    private int copy(int slot, int from, int to) {
        if (slot == IDS) {
            System.arraycopy(table.ids(), from, ids, from, to - from);
            return Long.BYTES;
        }
        columns[slot].copyRows(table.columns()[slot], from, to);
        return columns[slot].type().rowBytes() + Integer.BYTES;
    }

    /** Ends the copying: as many rows as the table has now. */
    void end() {
        size = table.size();
    }

    /** Says that the copies of ranges are none: for one that is new. */
    void forget() {
        for (int slot = IDS; slot < columns.length; slot++) {
            table.changes(slot).forgetCopies();
        }
    }

    @Override
    public Composition composition() {
        return table.composition();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long entityAt(int row) {
        return ids[row];
    }

    @Override
    public Column<?>[] columns() {
        return columns;
    }
}
