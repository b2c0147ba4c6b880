package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import org.jspecify.annotations.Nullable;

/** Rows of one table as one system may touch them; one object per thread, bound to each range. */
final class RowsView implements Rows {
    private final Lane lane;
    private PlannedSystem system;
    private @Nullable Table table;
    private long[] ids = new long[0];
    private int from;
    private int to;

    RowsView(Lane lane, PlannedSystem any) {
        this.lane = lane;
        this.system = any;
    }

    RowsView bind(PlannedSystem boundSystem, Table boundTable, int firstRow, int endRow) {
        system = boundSystem;
        table = boundTable;
        ids = boundTable.ids();
        from = firstRow;
        to = endRow;
        return this;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public long entityAt(int row) {
        return ids[row];
    }

    @Override
    public <C extends Column<?>> C read(ComponentType<C> type) {
        return required(type, Modes.REQUIRED, "reading");
    }

    @Override
    public <C extends Column<?>> C write(ComponentType<C> type) {
        C column = required(type, Modes.WRITE, "writing");
        if (from < to) {
            int last = (to - 1) / Column.RANGE_ROWS;
            for (int range = from / Column.RANGE_ROWS; range <= last; range++) {
                column.markRange(range);
            }
        }
        return column;
    }

    @Override
    public <C extends Column<?>> C update(ComponentType<C> type) {
        return required(type, Modes.UPDATE, "updating");
    }

    @Override
    public <C extends Column<?>> @Nullable C optional(ComponentType<C> type) {
        return column(type, system.require(type, Modes.OPTIONAL, "optional"));
    }

    @Override
    public <C extends Column<?>> @Nullable C optionalUpdate(ComponentType<C> type) {
        return column(type, system.require(type, Modes.OPTIONAL_UPDATE, "optionallyUpdating"));
    }

    @Override
    public Lookup lookup() {
        return lane.lookup;
    }

    @Override
    public <C extends Column<?>> Effects<C> effects(ComponentType<C> type) {
        return lane.effects(system, type);
    }

    @Override
    public Commands commands() {
        return lane.commands;
    }

    @Override
    public <T> T derived(DerivedKey<T> key) {
        return system.derived(key);
    }

    private <C extends Column<?>> C required(ComponentType<C> type, int allowed, String how) {
        C column = column(type, system.require(type, allowed, how));
        if (column == null) {
            throw new HorizonWorldException(
                    "system " + system.name + " was handed a table without " + type);
        }
        return column;
    }

    private <C extends Column<?>> @Nullable C column(ComponentType<C> type, int use) {
        Table bound = table;
        return bound == null ? null : type.columnClass().cast(system.columns[use][bound.ordinal()]);
    }
}
