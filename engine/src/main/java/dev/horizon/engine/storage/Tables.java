package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.RowHash;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a world and where in them each entity's row is. Rows come, move and go here alone,
 * so that neither the index nor the catalogue misses one. Ghosts have an index of their own: who
 * doesn't ask for ghosts finds none.
 */
final class Tables implements AutoCloseable {
    /** Orders remembered; far more than any plugin names. */
    private static final int ORDERS_MAX = 1_024;

    private final ComponentRegistry registry;
    private TableCatalogue catalogue;
    private final boolean poisonsOldColumns;
    private final Map<Composition, Table> byComposition = new HashMap<>();
    private final Map<List<ComponentType<?>>, Table> byOrder = new HashMap<>();
    private final EntityIndex index = new EntityIndex();
    private final EntityIndex ghosts = new EntityIndex();
    private Table[] tables = new Table[16];
    private int count;
    private long structureVersion;

    Tables(ComponentRegistry registry, boolean poisonsOldColumns) {
        this.registry = registry;
        this.catalogue = new DominionCatalogue(registry.types());
        this.poisonsOldColumns = poisonsOldColumns;
    }

    /** The components that some table has. */
    Set<ComponentType<?>> types() {
        Set<ComponentType<?>> all = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            all.addAll(tables[i].composition().types());
        }
        return all;
    }

    /**
     * Replaces components by their successors, rows staying where they are, under a catalogue made
     * anew: the old one would hold the classes of what was replaced.
     */
    void adopt(Map<ComponentType<?>, Successor> successors) {
        byComposition.clear();
        byOrder.clear();
        catalogue.close();
        catalogue = new DominionCatalogue(registry.types());
        for (int i = 0; i < count; i++) {
            tables[i].adopt(successors, registry.types().size());
            byComposition.put(tables[i].composition(), tables[i]);
            catalogue.add(tables[i]);
        }
        structureVersion++;
    }

    int count() {
        return count;
    }

    Table at(int ordinal) {
        return tables[ordinal];
    }

    /** The table that a location names. */
    Table of(long location) {
        return tables[Lookup.table(location)];
    }

    List<Table> with(Collection<? extends ComponentType<?>> types) {
        return catalogue.with(types);
    }

    long structureVersion() {
        return structureVersion;
    }

    int entities() {
        return index.size();
    }

    long locate(long entityId) {
        return index.locate(entityId);
    }

    long locateGhost(long entityId) {
        return ghosts.locate(entityId);
    }

    private EntityIndex indexOf(Table table) {
        return table.holdsGhosts() ? ghosts : index;
    }

    /** True where a table holds none that who asks for a component didn't ask for. */
    private static boolean isVisible(Table table, ComponentType<?> to) {
        return !table.holdsGhosts() || to == GhostColumn.TYPE;
    }

    /** True when that is the entity's location, whatever it is that is asked of. */
    boolean isAt(long entityId, long location) {
        if (location == Lookup.NOWHERE) {
            return false;
        }
        Table table = of(location);
        int row = Lookup.row(location);
        return row < table.size() && table.entityAt(row) == entityId;
    }

    @Nullable Column<?> column(long entity, ComponentType<?> type) {
        long location = index.locate(entity);
        return location == Lookup.NOWHERE ? null : of(location).column(type);
    }

    /**
     * The table of components in any order. Remembers orders, of which there are as many as places
     * in plugins that create entities: sorting for each entity would take longer than its row.
     */
    Table obtain(List<ComponentType<?>> types) {
        Table table = byOrder.get(types);
        if (table == null) {
            table = obtain(new Composition(types));
            if (byOrder.size() == ORDERS_MAX) {
                byOrder.clear();
            }
            byOrder.put(List.copyOf(types), table);
        }
        return table;
    }

    /** The table of a composition, made where there is none. */
    Table obtain(Composition composition) {
        Table table = byComposition.get(composition);
        if (table == null) {
            for (ComponentType<?> type : composition.types()) {
                registry.ordinal(type);
            }
            int components = registry.types().size();
            table = new Table(count, composition, components, poisonsOldColumns);
            if (count == tables.length) {
                tables = Arrays.copyOf(tables, count * 2);
            }
            tables[count++] = table;
            byComposition.put(composition, table);
            catalogue.add(table);
            structureVersion++;
        }
        return table;
    }

    /** Adds a row whose fields the caller sets; a ghost of the entity gives way. */
    int append(Table table, long id) {
        if (ghosts.size() > 0 && !table.holdsGhosts()) {
            long ghost = ghosts.locate(id);
            if (ghost != Lookup.NOWHERE) {
                remove(id, ghost);
            }
        }
        boolean grows = table.isFull();
        int row = table.append(id);
        if (grows) {
            catalogue.replaced(table);
            structureVersion++;
        }
        indexOf(table).put(id, table.ordinal(), row);
        return row;
    }

    void reserve(Table table, int rows) {
        if (rows > table.capacity()) {
            table.reserve(rows);
            catalogue.replaced(table);
            structureVersion++;
        }
    }

    /** Moves an entity's row to another table, with the components that both have. */
    int move(long entity, Table from, int row, Table to) {
        int moved = append(to, entity);
        to.copyRow(from, row, moved);
        removeRow(from, row);
        return moved;
    }

    /** Removes an entity and its row. */
    void remove(long entity, long location) {
        Table table = of(location);
        removeRow(table, Lookup.row(location));
        indexOf(table).remove(entity);
    }

    private void removeRow(Table table, int row) {
        long moved = table.remove(row);
        if (moved != 0) {
            indexOf(table).put(moved, table.ordinal(), row);
        }
    }

    /** The first entity that has a component, or null. */
    @Nullable EntityId first(ComponentType<?> type) {
        for (int i = 0; i < count; i++) {
            Table table = tables[i];
            if (table.size() > 0 && table.composition().contains(type) && isVisible(table, type)) {
                return new EntityId(table.entityAt(0));
            }
        }
        return null;
    }

    /** Calls for each entity that has a component, in table and row order. */
    <T> void forEach(ComponentType<?> type, T with, BiConsumer<EntityId, T> visit) {
        for (int i = 0; i < count; i++) {
            Table table = tables[i];
            if (table.composition().contains(type) && isVisible(table, type)) {
                for (int row = 0; row < table.size(); row++) {
                    visit.accept(new EntityId(table.entityAt(row)), with);
                }
            }
        }
    }

    /** Calls for each entity whose component has the key, in table and row order. */
    void forEach(ComponentType<?> type, long key, Consumer<EntityId> visit) {
        for (int i = 0; i < count; i++) {
            Table table = tables[i];
            int row = isVisible(table, type) ? table.keys.first(type, key) : KeyIndex.NONE;
            while (row != KeyIndex.NONE) {
                int next = table.keys.next(type, row);
                visit.accept(new EntityId(table.entityAt(row)));
                row = next;
            }
        }
    }

    /** The first of them in a table that has another component too, or null. */
    @Nullable EntityId find(ComponentType<?> type, long key, ComponentType<?> having) {
        for (int i = 0; i < count; i++) {
            Table table = tables[i];
            if (table.composition().contains(having) && isVisible(table, having)) {
                int row = table.keys.first(type, key);
                if (row != KeyIndex.NONE) {
                    return new EntityId(table.entityAt(row));
                }
            }
        }
        return null;
    }

    void systemsWrote() {
        for (int i = 0; i < count; i++) {
            tables[i].keys.systemsWrote();
        }
    }

    void stamp(int tick) {
        for (int i = 0; i < count; i++) {
            tables[i].stamp(tick);
        }
    }

    /** Continues a hash over all rows; ranges that nothing marked answer from a cache. */
    long hash(long start) {
        long hash = start;
        for (int i = 0; i < count; i++) {
            hash = RowHash.add(hash, tables[i].hash());
        }
        return hash;
    }

    long hash(ComponentType<?> type) {
        long hash = RowHash.START;
        for (int i = 0; i < count; i++) {
            int slot = tables[i].slot(type);
            if (slot >= 0) {
                hash = RowHash.add(hash, tables[i].columnHash(slot));
            }
        }
        return hash;
    }

    /** What {@link #hash(long)} answers when every write was marked, computed from all rows. */
    long fullHash(long start) {
        long hash = start;
        for (int i = 0; i < count; i++) {
            hash = RowHash.add(hash, tables[i].fullHash());
        }
        return hash;
    }

    @Nullable String unmarkedWrite() {
        for (int i = 0; i < count; i++) {
            String found = tables[i].unmarkedWrite();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Frees the catalogue. */
    @Override
    public void close() {
        catalogue.close();
    }
}
