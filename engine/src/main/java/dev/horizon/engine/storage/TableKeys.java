package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The indexes of a table's components that have a key, made when asked. Tick thread. */
final class TableKeys {
    private final Table table;
    private final List<KeyIndex> indexes = new ArrayList<>(0);

    /** Counts rows that came, went or moved. */
    private int rowChanges;

    TableKeys(Table table) {
        this.table = table;
    }

    void rowsChanged() {
        rowChanges++;
    }

    /**
     * The first row whose component has the key, or {@link KeyIndex#NONE}.
     *
     * @throws HorizonWorldException when the component has no key
     */
    int first(ComponentType<?> type, long key) {
        Column<?> column = table.column(type);
        if (column == null) {
            return KeyIndex.NONE;
        }
        long[] keys = column.keys();
        if (keys == null) {
            throw new HorizonWorldException(
                    "entities can't be looked up by a field of "
                            + type
                            + ": put @Key on one, a long or an EntityId");
        }
        KeyIndex index = index(type);
        if (index == null) {
            index = new KeyIndex(type);
            indexes.add(index);
        }
        return index.first(key, keys, table.size(), rowChanges);
    }

    /** The next row with the same key as one that was found, or {@link KeyIndex#NONE}. */
    int next(ComponentType<?> type, int row) {
        KeyIndex index = index(type);
        return index == null ? KeyIndex.NONE : index.next(row);
    }

    /** A row's component was written from outside systems. */
    void written(ComponentType<?> type, int row) {
        KeyIndex index = index(type);
        if (index != null) {
            look(index, row, row + 1);
        }
    }

    /** Systems wrote what is marked. */
    void systemsWrote() {
        for (int i = 0; i < indexes.size(); i++) {
            KeyIndex index = indexes.get(i);
            Column<?> column = table.column(index.type);
            for (int from = 0; column != null && from < table.size(); from += Column.RANGE_ROWS) {
                if (column.isRangeMarked(from / Column.RANGE_ROWS)) {
                    look(index, from, Math.min(table.size(), from + Column.RANGE_ROWS));
                }
            }
        }
    }

    private void look(KeyIndex index, int from, int to) {
        Column<?> column = table.column(index.type);
        long[] keys = column == null ? null : column.keys();
        if (keys != null) {
            index.rowsWritten(keys, from, to);
        }
    }

    private @Nullable KeyIndex index(ComponentType<?> type) {
        for (int i = 0; i < indexes.size(); i++) {
            if (indexes.get(i).type == type) {
                return indexes.get(i);
            }
        }
        return null;
    }

    /** Components have others in their place: nothing of the former stays referenced. */
    void forget() {
        indexes.clear();
    }
}
