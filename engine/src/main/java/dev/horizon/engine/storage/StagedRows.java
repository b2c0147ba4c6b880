package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of one composition that wait for apply. One thread fills it at a time. */
final class StagedRows {
    /** The parts of some ships: a wave of spawns fits without growing. */
    private static final int CAPACITY_INITIAL = 128;

    final Composition composition;
    final Column<?>[] columns;
    private final ComponentType<?>[] types;
    private long[] realIds = new long[CAPACITY_INITIAL];
    private int size;

    /** The table that the rows go to, once known. */
    @Nullable Table table;

    /** Rights that were last checked for it. */
    @Nullable SpawnRights checked;

    StagedRows(Composition composition) {
        this.composition = composition;
        this.types = composition.types().toArray(ComponentType<?>[]::new);
        this.columns = new Column<?>[types.length];
        for (int i = 0; i < types.length; i++) {
            columns[i] = types[i].newColumn(CAPACITY_INITIAL);
        }
    }

    int add() {
        if (size == realIds.length) {
            realIds = Arrays.copyOf(realIds, size * 2);
            for (int i = 0; i < columns.length; i++) {
                columns[i] = columns[i].withCapacity(size * 2, size);
            }
        }
        for (Column<?> column : columns) {
            column.clearRow(size);
        }
        realIds[size] = 0;
        return size++;
    }

    int size() {
        return size;
    }

    long realId(int row) {
        return realIds[row];
    }

    void realId(int row, long id) {
        realIds[row] = id;
    }

    void clear() {
        size = 0;
    }

    void requireRights(SpawnRights rights) {
        if (checked != rights) {
            for (ComponentType<?> type : types) {
                rights.require(type);
            }
            checked = rights;
        }
    }

    <C extends Column<?>> C column(ComponentType<C> type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return type.columnClass().cast(columns[i]);
            }
        }
        throw new HorizonWorldException(
                "composition " + composition.types() + " has no component " + type);
    }
}
