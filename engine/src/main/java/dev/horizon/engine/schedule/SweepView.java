package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.systems.Commands;
import dev.horizon.engine.systems.DerivedKey;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Lookup;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All tables of one exclusive system; one object per thread, bound to each system. */
final class SweepView implements Sweep {
    private final Lane lane;
    private PlannedSystem system;
    private RowsView[] rows = new RowsView[0];
    private int count;

    SweepView(Lane lane, PlannedSystem any) {
        this.lane = lane;
        this.system = any;
    }

    SweepView bind(PlannedSystem bound) {
        system = bound;
        count = 0;
        if (rows.length < bound.tables.length) {
            int before = rows.length;
            rows = Arrays.copyOf(rows, bound.tables.length);
            for (int i = before; i < rows.length; i++) {
                rows[i] = new RowsView(lane, bound);
            }
        }
        for (Table table : bound.tables) {
            if (table.size() > 0) {
                rows[count++].bind(bound, table).moveTo(0, table.size());
            }
        }
        return this;
    }

    @Override
    public int tables() {
        return count;
    }

    @Override
    public Rows rows(int index) {
        if (index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return rows[index];
    }

    @Override
    public Lookup lookup() {
        return lane.lookup;
    }

    @Override
    public <C extends Column<?>> @Nullable C update(ComponentType<C> type, long location) {
        int use = system.require(type, Modes.ANY_UPDATE, "updating");
        return location == Lookup.NOWHERE
                ? null
                : type.columnClass().cast(system.columns[Lookup.table(location)][use]);
    }

    @Override
    public <C extends Column<?>> Effects<C> consume(ComponentType<C> type) {
        system.require(type, Modes.CONSUME, "consuming");
        return lane.consume(type);
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
}
