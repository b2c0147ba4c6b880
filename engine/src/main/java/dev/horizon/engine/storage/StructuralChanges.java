package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityIdMapping;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import java.util.List;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Structural changes made at once: entities come and go, components are added and taken away, and
 * who rides in whom follows. Changes of an entity that doesn't exist do nothing.
 */
final class StructuralChanges {
    /** A ship and what rides in it, with its cargo and crew, is gone without growing. */
    private static final int DOOMED_INITIAL = 256;

    private final ComponentRegistry registry;
    private final Tables tables;
    private final Riders riders;
    private final LongArrayList doomed = new LongArrayList(DOOMED_INITIAL, 0);
    private final int parentOrdinal;

    StructuralChanges(ComponentRegistry registry, Tables tables, Riders riders) {
        this.registry = registry;
        this.tables = tables;
        this.riders = riders;
        this.parentOrdinal = registry.ordinal(ParentColumn.TYPE);
    }

    /** Creates an entity of values. */
    void create(long id, List<ComponentType<?>> types, List<? extends @Nullable Record> values) {
        Table table = tables.obtain(types);
        int row = tables.append(table, id);
        for (int i = 0; i < types.size(); i++) {
            Column<?> column = table.columns()[table.slot(types.get(i))];
            column.clearRow(row);
            ComponentRegistry.setRow(column, row, values.get(i));
        }
        riders.link(table, row);
    }

    /** Creates an entity of a staged row. */
    void spawn(StagedRows staged, int from, EntityIdMapping mapping) {
        Table table = staged.table;
        if (table == null) {
            table = tables.obtain(staged.composition);
            staged.table = table;
        }
        int row = tables.append(table, staged.realId(from));
        for (int i = 0; i < staged.columns.length; i++) {
            Column<?> column = table.columns()[i];
            column.copyRow(staged.columns[i], from, row);
            column.remapIds(row, mapping);
            column.markRow(row);
        }
        riders.link(table, row);
    }

    /** Destroys an entity and all that rides in it. */
    void destroy(long entity) {
        if (tables.locate(entity) == Lookup.NOWHERE) {
            return;
        }
        doomed.clear();
        doomed.addLong(entity);
        for (int i = 0; i < doomed.size(); i++) {
            long child = riders.firstChild(doomed.getLong(i));
            for (; child != 0; child = riders.nextSibling(child)) {
                doomed.addLong(child);
            }
        }
        for (int i = 0; i < doomed.size(); i++) {
            long location = tables.locate(doomed.getLong(i));
            riders.unlink(tables.of(location), Lookup.row(location));
            tables.remove(doomed.getLong(i), location);
        }
    }

    /** Gives an entity a component of a staged row. */
    void add(long entity, int ordinal, Column<?> values, int from, EntityIdMapping mapping) {
        long location = tables.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        ComponentType<?> type = registry.types().get(ordinal);
        location = withComponent(entity, location, type, ordinal);
        Table table = tables.of(location);
        int row = Lookup.row(location);
        Column<?> column = table.columns()[table.slot(type)];
        column.copyRow(values, from, row);
        column.remapIds(row, mapping);
        column.markRow(row);
        relinkIfParent(ordinal, table, row);
    }

    /** Takes a component away, if the entity has it. */
    void remove(long entity, int ordinal) {
        long location = tables.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        Table table = tables.of(location);
        ComponentType<?> type = registry.types().get(ordinal);
        if (table.slot(type) < 0) {
            return;
        }
        if (ordinal == parentOrdinal) {
            riders.unlink(table, Lookup.row(location));
        }
        Table target = table.afterRemoving[ordinal];
        if (target == null) {
            target = tables.obtain(table.composition().without(type));
            table.afterRemoving[ordinal] = target;
        }
        tables.move(entity, table, Lookup.row(location), target);
    }

    /** Gives an entity a component of a value, or takes it away: null. */
    void set(long entity, ComponentType<?> type, @Nullable Record value) {
        int ordinal = registry.ordinal(type);
        if (value == null) {
            remove(entity, ordinal);
            return;
        }
        long location = tables.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        location = withComponent(entity, location, type, ordinal);
        Table table = tables.of(location);
        int row = Lookup.row(location);
        ComponentRegistry.setRow(table.columns()[table.slot(type)], row, value);
        relinkIfParent(ordinal, table, row);
    }

    private void relinkIfParent(int ordinal, Table table, int row) {
        if (ordinal == parentOrdinal) {
            riders.unlink(table, row);
            riders.link(table, row);
        }
    }

    private long withComponent(long entity, long location, ComponentType<?> type, int ordinal) {
        Table table = tables.of(location);
        if (table.slot(type) >= 0) {
            return location;
        }
        Table target = table.afterAdding[ordinal];
        if (target == null) {
            target = tables.obtain(table.composition().with(type));
            table.afterAdding[ordinal] = target;
        }
        int row = tables.move(entity, table, Lookup.row(location), target);
        return Lookup.location(target.ordinal(), row);
    }

    /** Rebuilds who rides in whom from the Parent columns of a world that was just filled. */
    void relinkAll() {
        for (int i = 0; i < tables.count(); i++) {
            if (tables.at(i).parents() != null) {
                for (int row = 0; row < tables.at(i).size(); row++) {
                    riders.link(tables.at(i), row);
                }
            }
        }
        riders.settle();
    }
}
