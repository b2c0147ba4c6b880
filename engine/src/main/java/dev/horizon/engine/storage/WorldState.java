package dev.horizon.engine.storage;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.EntityIdMapping;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.RowHash;
import dev.horizon.engine.world.World;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All state of a node's world: tables of columns, where each entity's row is, the id counter. One
 * writer, the tick thread; worker threads read and write rows while a schedule runs, nobody changes
 * structure meanwhile.
 */
public final class WorldState implements World, AutoCloseable {
    /** Set to {@code true} to fill columns that were replaced with values that show. */
    public static final String POISON_PROPERTY = "horizon.debug.poison-columns";

    private static final long COUNTER_MAX = (1L << 40) - 1;
    private static final int BLOCK_MAX = (1 << 24) - 2;

    private final int idBlock;
    private final ComponentRegistry registry;
    private final TableCatalogue catalogue;
    private final boolean poisonsOldColumns;
    private final Map<Composition, Table> byComposition = new HashMap<>();
    private final EntityIndex index = new EntityIndex();
    private final Riders riders = new Riders(this);
    private final PendingChanges pending = new PendingChanges();
    private final WorldLookup lookup = new WorldLookup(this);
    private final LongArrayList doomed = new LongArrayList();
    private final int parentOrdinal;
    private final EntityImage images;

    private Table[] tables = new Table[16];
    private int tableCount;
    private long idCounter;
    private long structureVersion;
    private StagedCommands[] staged = new StagedCommands[0];
    private boolean systemsRun;

    private WorldState(
            int idBlock,
            Collection<? extends ComponentType<?>> components,
            boolean poisonsOldColumns) {
        if (idBlock < 0 || idBlock > BLOCK_MAX) {
            throw new IllegalArgumentException(
                    "id block " + idBlock + " is out of range 0 to " + BLOCK_MAX);
        }
        this.idBlock = idBlock;
        this.registry = new ComponentRegistry(EngineComponents.with(components));
        this.catalogue = new DominionCatalogue(registry.types());
        this.poisonsOldColumns = poisonsOldColumns;
        this.parentOrdinal = registry.ordinal(ParentColumn.TYPE);
        this.images = new EntityImage(this);
    }

    /**
     * An empty world of the engine's own components and those given.
     *
     * @param idBlock upper 24 bits of the ids it hands out
     */
    public static WorldState create(
            int idBlock, Collection<? extends ComponentType<?>> components) {
        return create(idBlock, components, Boolean.getBoolean(POISON_PROPERTY));
    }

    /** An empty world that fills columns which were replaced with values that show, if asked to. */
    public static WorldState create(
            int idBlock,
            Collection<? extends ComponentType<?>> components,
            boolean poisonsOldColumns) {
        return new WorldState(idBlock, components, poisonsOldColumns);
    }

    /** The components that entities may have. */
    public ComponentRegistry registry() {
        return registry;
    }

    /** Upper 24 bits of the ids that this world hands out. */
    public int idBlock() {
        return idBlock;
    }

    /** Ids handed out so far. */
    public long idCounter() {
        return idCounter;
    }

    /** Tables so far; their number never falls. */
    public int tableCount() {
        return tableCount;
    }

    /** A table by ordinal. */
    public Table table(int ordinal) {
        return tables[ordinal];
    }

    /** The tables that have all the given components, in order of creation; asks the catalogue. */
    public List<Table> tablesWith(Collection<? extends ComponentType<?>> types) {
        return catalogue.with(types);
    }

    /**
     * Grows whenever a table appears or replaces its columns: whoever caches columns compares it.
     */
    public long structureVersion() {
        return structureVersion;
    }

    /** Where the commands of systems are collected; apply takes them from there. */
    public void attach(StagedCommands... commands) {
        staged = commands.clone();
    }

    /** While systems run, nothing else may use the world. */
    public void systemsRun(boolean running) {
        systemsRun = running;
    }

    // ---- structure, by entity and record -------------------------------------------------------

    @Override
    public EntityId create(Record... components) {
        requireOutsideSystems();
        for (int i = 0; i < components.length; i++) {
            for (int j = 0; j < i; j++) {
                if (components[i].getClass() == components[j].getClass()) {
                    throw new HorizonWorldException(
                            "component "
                                    + components[i].getClass().getSimpleName()
                                    + " is given twice for one entity");
                }
            }
            check(components[i]);
        }
        return createPending(allocate(), components);
    }

    /** Enters an entity with a given id among the pending changes. */
    EntityId createPending(long id, Record... components) {
        PendingChanges.Entry entry = pending.create(id);
        for (Record component : components) {
            entry.set(registry.require(component.getClass()), component);
        }
        return new EntityId(id);
    }

    @Override
    public void destroy(EntityId entity) {
        requireOutsideSystems();
        if (exists(entity)) {
            pending.change(entity.value()).destroyed = true;
        }
    }

    @Override
    public boolean exists(EntityId entity) {
        PendingChanges.Entry entry = pending.find(entity.value());
        return entry != null && entry.created
                ? !entry.destroyed
                : index.locate(entity.value()) != Lookup.NOWHERE;
    }

    @Override
    public <R extends Record> @Nullable R read(EntityId entity, Class<R> component) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(component);
        PendingChanges.Entry entry = pending.find(entity.value());
        if (entry != null && entry.mentions(type)) {
            return component.cast(entry.value(type));
        }
        Column<?> column = columnOf(entity.value(), type);
        return column == null
                ? null
                : component.cast(column.row(Lookup.row(index.locate(entity.value()))));
    }

    /** {@inheritDoc} Does nothing where the entity doesn't exist. */
    @Override
    public void write(EntityId entity, Record component) {
        requireOutsideSystems();
        ComponentType<?> type = check(component);
        if (!exists(entity)) {
            return;
        }
        Column<?> column = columnOf(entity.value(), type);
        PendingChanges.Entry entry = pending.find(entity.value());
        boolean isPending = entry != null && (entry.created || entry.mentions(type));
        if (column == null || isPending) {
            pending.change(entity.value()).set(type, component);
        } else {
            setRow(column, Lookup.row(index.locate(entity.value())), component);
        }
    }

    @Override
    public void remove(EntityId entity, Class<? extends Record> component) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(component);
        if (!exists(entity)) {
            return;
        }
        PendingChanges.Entry entry = pending.find(entity.value());
        if (columnOf(entity.value(), type) != null) {
            pending.change(entity.value()).set(type, null);
        } else if (entry != null) {
            entry.forget(type);
        }
    }

    @Override
    public <R extends Record> EntityId singleton(R initial) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(initial.getClass());
        for (int i = 0; i < tableCount; i++) {
            if (tables[i].size() > 0 && tables[i].composition().contains(type)) {
                return new EntityId(tables[i].entityAt(0));
            }
        }
        PendingChanges.Entry entry = pending.firstWith(type);
        return entry == null ? create(initial) : new EntityId(entry.id);
    }

    @Override
    public void forEach(Class<? extends Record> component, Consumer<EntityId> visit) {
        forEach(component, visit, (id, to) -> to.accept(id));
    }

    @Override
    public <T> void forEach(
            Class<? extends Record> component, T with, BiConsumer<EntityId, T> visit) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(component);
        for (int i = 0; i < tableCount; i++) {
            if (tables[i].composition().contains(type)) {
                for (int row = 0; row < tables[i].size(); row++) {
                    visit.accept(new EntityId(tables[i].entityAt(row)), with);
                }
            }
        }
    }

    @Override
    public int entities() {
        return index.size();
    }

    @Override
    public Lookup lookup() {
        return lookup;
    }

    // ---- the tick ------------------------------------------------------------------------------

    /**
     * Makes structural changes real: what handlers asked for, then what systems asked for, in
     * (system, range, sequence) order. Allocates nothing for the systems' part once buffers and
     * tables have grown.
     */
    public void apply() {
        requireOutsideSystems();
        riders.followMarks();
        pending.apply(this);
        while (true) {
            StagedCommands first = null;
            long least = Long.MAX_VALUE;
            for (StagedCommands commands : staged) {
                long key = commands.nextKey();
                if (key < least) {
                    least = key;
                    first = commands;
                }
            }
            if (first == null) {
                break;
            }
            first.applyNext(this);
        }
        for (StagedCommands commands : staged) {
            commands.reset();
        }
    }

    /** True when handlers asked for structural changes that no apply has made real yet. */
    public boolean hasPendingChanges() {
        return !pending.isEmpty();
    }

    /** Turns the marks of everything written since the last stamp into change ticks. */
    public void stamp(long tick) {
        for (int i = 0; i < tableCount; i++) {
            tables[i].stamp((int) tick);
        }
    }

    /** The hash of the whole world; ranges that nothing marked answer from a cache. */
    public long hash() {
        long hash = RowHash.add(RowHash.add(RowHash.START, idBlock), idCounter);
        for (int i = 0; i < tableCount; i++) {
            hash = RowHash.add(hash, tables[i].hash());
        }
        return hash;
    }

    /** The hash of one component of all entities that have it. */
    public long hash(ComponentType<?> type) {
        long hash = RowHash.START;
        for (int i = 0; i < tableCount; i++) {
            int slot = tables[i].slot(type);
            if (slot >= 0) {
                hash = RowHash.add(hash, tables[i].columnHash(slot));
            }
        }
        return hash;
    }

    /** What {@link #hash()} answers when every write was marked, computed from all rows. */
    public long fullHash() {
        long hash = RowHash.add(RowHash.add(RowHash.START, idBlock), idCounter);
        for (int i = 0; i < tableCount; i++) {
            hash = RowHash.add(hash, tables[i].fullHash());
        }
        return hash;
    }

    /** The first rows that changed without a mark since their hash was taken, or null. */
    public @Nullable String unmarkedWrite() {
        for (int i = 0; i < tableCount; i++) {
            String found = tables[i].unmarkedWrite();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Frees the catalogue; the world can't be used afterwards. */
    @Override
    public void close() {
        catalogue.close();
    }

    // ---- structure, at once --------------------------------------------------------------------

    long locate(long entityId) {
        return index.locate(entityId);
    }

    Riders riders() {
        return riders;
    }

    long allocate() {
        if (idCounter == COUNTER_MAX) {
            throw new HorizonWorldException("id block " + idBlock + " is used up");
        }
        return EntityId.of(idBlock, ++idCounter).value();
    }

    /** Takes over an id from elsewhere, so that this world never hands it out itself. */
    long claim(long id) {
        EntityId claimed = new EntityId(id);
        if (claimed.block() == idBlock) {
            idCounter = Math.max(idCounter, claimed.counter());
        }
        return id;
    }

    EntityImage images() {
        return images;
    }

    /** Rebuilds who rides in whom from the Parent columns of a world that was just filled. */
    void relinkAll() {
        for (int i = 0; i < tableCount; i++) {
            if (tables[i].parents() != null) {
                for (int row = 0; row < tables[i].size(); row++) {
                    riders.link(tables[i], row);
                }
            }
        }
        riders.settle();
    }

    void idCounter(long count) {
        idCounter = count;
    }

    Table tableFor(Composition composition) {
        Table table = byComposition.get(composition);
        if (table == null) {
            for (ComponentType<?> type : composition.types()) {
                registry.ordinal(type);
            }
            int components = registry.types().size();
            table = new Table(tableCount, composition, components, poisonsOldColumns);
            if (tableCount == tables.length) {
                tables = Arrays.copyOf(tables, tableCount * 2);
            }
            tables[tableCount++] = table;
            byComposition.put(composition, table);
            catalogue.add(table);
            structureVersion++;
        }
        return table;
    }

    /** Adds a row whose fields the caller sets. */
    int append(Table table, long id) {
        boolean grows = table.isFull();
        int row = table.append(id);
        if (grows) {
            catalogue.replaced(table);
            structureVersion++;
        }
        index.put(id, table.ordinal(), row);
        return row;
    }

    void reserve(Table table, int rows) {
        if (rows > table.capacity()) {
            table.reserve(rows);
            catalogue.replaced(table);
            structureVersion++;
        }
    }

    void createNow(long id, List<ComponentType<?>> types, List<? extends @Nullable Record> values) {
        Table table = tableFor(new Composition(types));
        int row = append(table, id);
        for (int i = 0; i < types.size(); i++) {
            Column<?> column = table.columns()[table.slot(types.get(i))];
            column.clearRow(row);
            setRow(column, row, values.get(i));
        }
        riders.link(table, row);
    }

    void spawn(StagedRows staged, int from, EntityIdMapping mapping) {
        Table table = staged.table;
        if (table == null) {
            table = tableFor(staged.composition);
            staged.table = table;
        }
        int row = append(table, staged.realId(from));
        for (int i = 0; i < staged.columns.length; i++) {
            Column<?> column = table.columns()[i];
            column.copyRow(staged.columns[i], from, row);
            column.remapIds(row, mapping);
            column.markRow(row);
        }
        riders.link(table, row);
    }

    void destroyNow(long entity) {
        if (index.locate(entity) == Lookup.NOWHERE) {
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
            long location = index.locate(doomed.getLong(i));
            Table table = tables[Lookup.table(location)];
            riders.unlink(table, Lookup.row(location));
            removeRow(table, Lookup.row(location));
            index.remove(doomed.getLong(i));
        }
    }

    void addNow(long entity, int ordinal, Column<?> values, int from, EntityIdMapping mapping) {
        long location = index.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        ComponentType<?> type = registry.types().get(ordinal);
        location = withComponent(entity, location, type, ordinal);
        Table table = tables[Lookup.table(location)];
        int row = Lookup.row(location);
        Column<?> column = table.columns()[table.slot(type)];
        column.copyRow(values, from, row);
        column.remapIds(row, mapping);
        column.markRow(row);
        relinkIfParent(ordinal, table, row);
    }

    void removeNow(long entity, int ordinal) {
        long location = index.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        Table table = tables[Lookup.table(location)];
        ComponentType<?> type = registry.types().get(ordinal);
        if (table.slot(type) < 0) {
            return;
        }
        if (ordinal == parentOrdinal) {
            riders.unlink(table, Lookup.row(location));
        }
        Table target = table.afterRemoving[ordinal];
        if (target == null) {
            target = tableFor(table.composition().without(type));
            table.afterRemoving[ordinal] = target;
        }
        move(entity, table, Lookup.row(location), target);
    }

    void setNow(long entity, ComponentType<?> type, @Nullable Record value) {
        int ordinal = registry.ordinal(type);
        if (value == null) {
            removeNow(entity, ordinal);
            return;
        }
        long location = index.locate(entity);
        if (location == Lookup.NOWHERE) {
            return;
        }
        location = withComponent(entity, location, type, ordinal);
        Table table = tables[Lookup.table(location)];
        int row = Lookup.row(location);
        setRow(table.columns()[table.slot(type)], row, value);
        relinkIfParent(ordinal, table, row);
    }

    private void relinkIfParent(int ordinal, Table table, int row) {
        if (ordinal == parentOrdinal) {
            riders.unlink(table, row);
            riders.link(table, row);
        }
    }

    private long withComponent(long entity, long location, ComponentType<?> type, int ordinal) {
        Table table = tables[Lookup.table(location)];
        if (table.slot(type) >= 0) {
            return location;
        }
        Table target = table.afterAdding[ordinal];
        if (target == null) {
            target = tableFor(table.composition().with(type));
            table.afterAdding[ordinal] = target;
        }
        int row = move(entity, table, Lookup.row(location), target);
        return Lookup.location(target.ordinal(), row);
    }

    private int move(long entity, Table from, int row, Table to) {
        int moved = append(to, entity);
        to.copyRow(from, row, moved);
        removeRow(from, row);
        return moved;
    }

    private void removeRow(Table table, int row) {
        long moved = table.remove(row);
        if (moved != 0) {
            index.put(moved, table.ordinal(), row);
        }
    }

    private @Nullable Column<?> columnOf(long entity, ComponentType<?> type) {
        long location = index.locate(entity);
        return location == Lookup.NOWHERE ? null : tables[Lookup.table(location)].column(type);
    }

    private ComponentType<?> check(Record component) {
        ComponentType<?> type = registry.require(component.getClass());
        setRow(registry.scratch(registry.ordinal(type)), 0, component);
        return type;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> void setRow(
            Column<R> column, int row, @Nullable Record value) {
        // The registry found the column's type by the record's class.
        column.setRow(row, (R) Objects.requireNonNull(value));
    }

    private void requireOutsideSystems() {
        if (systemsRun) {
            throw new HorizonWorldException(
                    "the world was used inside a system: use the rows, lookup and commands that the"
                            + " system is called with");
        }
    }
}
