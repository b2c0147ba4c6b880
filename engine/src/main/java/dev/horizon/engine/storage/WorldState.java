package dev.horizon.engine.storage;

import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.RowHash;
import dev.horizon.engine.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All state of a node's world: tables of columns, where each entity's row is, the id counter. One
 * writer, the tick thread; worker threads read and write rows while a schedule runs, nobody changes
 * structure meanwhile.
 */
public final class WorldState implements World, AutoCloseable {
    /** Set to {@code true} to fill columns that were replaced with values that show. */
    public static final String POISON_PROPERTY = "horizon.debug.poison-columns";

    /** Who asked for structural changes, where no system did. */
    public static final int HANDLERS = -1;

    private final EntityIds ids;
    private final ComponentRegistry registry;
    private final Tables tables;
    private final Riders riders;
    private final StructuralChanges changes;
    private final PendingChanges pending = new PendingChanges();
    private final StagedOrder staged = new StagedOrder();
    private final WorldLookup lookup;
    private final EntityImage images;
    private final GhostRows ghosts;

    private Ledger ledger = Ledger.none();
    private boolean systemsRun;

    private WorldState(
            int idBlock,
            Collection<? extends ComponentType<?>> components,
            boolean poisonsOldColumns) {
        this.ids = new EntityIds(idBlock);
        this.registry = new ComponentRegistry(EngineComponents.with(components));
        this.tables = new Tables(registry, poisonsOldColumns);
        this.riders = new Riders(tables);
        this.changes = new StructuralChanges(registry, tables, riders);
        this.lookup = new WorldLookup(tables, riders);
        this.images = new EntityImage(this);
        this.ghosts = new GhostRows(registry, tables);
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
            int idBlock, Collection<? extends ComponentType<?>> components, boolean poisons) {
        return new WorldState(idBlock, components, poisons);
    }

    /** The components that entities may have. */
    public ComponentRegistry registry() {
        return registry;
    }

    /** Upper 24 bits of the ids that this world hands out. */
    public int idBlock() {
        return ids.block();
    }

    /** Ids handed out so far. */
    public long idCounter() {
        return ids.counter();
    }

    /** Tables so far; their number never falls. */
    public int tableCount() {
        return tables.count();
    }

    /** A table by ordinal. */
    public Table table(int ordinal) {
        return tables.at(ordinal);
    }

    /** Rows of what other nodes have, which nothing else here finds. */
    public GhostRows ghosts() {
        return ghosts;
    }

    /** The tables that have all the given components, in order of creation; asks the catalogue. */
    public List<Table> tablesWith(Collection<? extends ComponentType<?>> types) {
        return tables.with(types);
    }

    /** Grows whenever a table appears or replaces its columns: who caches columns compares it. */
    public long structureVersion() {
        return tables.structureVersion();
    }

    /** Where the commands of systems are collected; apply takes them from there. */
    public void attach(StagedCommands... commands) {
        staged.attach(commands);
    }

    /**
     * Tells, within apply, whose structural changes are real now: a system by its place in the
     * plan, or {@link #HANDLERS}; null for nobody.
     */
    public void watchApply(@Nullable IntConsumer by) {
        staged.watch(by);
    }

    /** Where it counts what handlers create; without, nowhere. */
    public void meter(Ledger by) {
        ledger = by;
    }

    /** While systems run, nothing else may use the world. */
    public void systemsRun(boolean running) {
        systemsRun = running;
        if (!running) {
            tables.systemsWrote();
        }
    }

    // ---- structure, by entity and record -------------------------------------------------------

    @Override
    public EntityId create(Record... components) {
        requireOutsideSystems();
        ComponentRegistry.requireDistinct(components);
        for (Record component : components) {
            registry.check(component);
        }
        ledger.entity();
        return createPending(ids.allocate(), components);
    }

    /** Enters an entity with a given id among the pending changes. */
    EntityId createPending(long id, Record... components) {
        PendingChanges.Entry entry = pending.create(id);
        for (Record component : components) {
            entry.add(registry.require(component.getClass()), component);
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
                : tables.locate(entity.value()) != Lookup.NOWHERE;
    }

    @Override
    public <R extends Record> @Nullable R read(EntityId entity, Class<R> component) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(component);
        PendingChanges.Entry entry = pending.find(entity.value());
        if (entry != null && entry.mentions(type)) {
            return component.cast(entry.value(type));
        }
        Column<?> column = tables.column(entity.value(), type);
        return column == null
                ? null
                : component.cast(column.row(Lookup.row(tables.locate(entity.value()))));
    }

    @Override
    public <R extends Record> @Nullable R readGhost(EntityId entity, Class<R> component) {
        requireOutsideSystems();
        return component.cast(ghosts.read(entity.value(), registry.require(component)));
    }

    /** {@inheritDoc} Does nothing where the entity doesn't exist. */
    @Override
    public void write(EntityId entity, Record component) {
        requireOutsideSystems();
        ComponentType<?> type = registry.check(component);
        if (!exists(entity)) {
            return;
        }
        Column<?> column = tables.column(entity.value(), type);
        PendingChanges.Entry entry = pending.find(entity.value());
        boolean isPending = entry != null && (entry.created || entry.mentions(type));
        if (column == null || isPending) {
            pending.change(entity.value()).set(type, component);
        } else {
            long location = tables.locate(entity.value());
            ComponentRegistry.setRow(column, Lookup.row(location), component);
            tables.of(location).keys.written(type, Lookup.row(location));
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
        if (tables.column(entity.value(), type) != null) {
            pending.change(entity.value()).set(type, null);
        } else if (entry != null) {
            entry.forget(type);
        }
    }

    @Override
    public <R extends Record> EntityId singleton(R initial) {
        requireOutsideSystems();
        ComponentType<?> type = registry.require(initial.getClass());
        EntityId first = tables.first(type);
        if (first != null) {
            return first;
        }
        PendingChanges.Entry entry = pending.firstWith(type);
        return entry == null ? create(initial) : new EntityId(entry.id);
    }

    @Override
    public <T> void forEach(
            Class<? extends Record> component, T with, BiConsumer<EntityId, T> visit) {
        requireOutsideSystems();
        tables.forEach(registry.require(component), with, visit);
    }

    @Override
    public void forEach(Class<? extends Record> component, long key, Consumer<EntityId> visit) {
        requireOutsideSystems();
        tables.forEach(registry.require(component), key, visit);
    }

    @Override
    public @Nullable EntityId find(
            Class<? extends Record> component, long key, Class<? extends Record> having) {
        requireOutsideSystems();
        return tables.find(registry.require(component), key, registry.require(having));
    }

    @Override
    public int entities() {
        return tables.entities();
    }

    @Override
    public Lookup lookup() {
        return lookup;
    }

    /**
     * Asks whether {@link #adopt} would take components; changes nothing.
     *
     * @throws HorizonException HZ-WLD-001 or 002 for names or wire ids that meet, HZ-WLD-006 when a
     *     field changed its kind, HZ-WLD-011 when one that entities have isn't among them
     */
    public void requireAdoptable(Collection<? extends ComponentType<?>> components) {
        Successor.all(tables.types(), new ComponentRegistry(EngineComponents.with(components)));
    }

    /**
     * Replaces the components by those of the same names, as when a plugin's next version takes
     * over: every row stays where it is and keeps its values, field by field; nothing of what was
     * replaced stays referenced. For the tick thread, between ticks.
     *
     * @throws HorizonException as {@link #requireAdoptable}; nothing is changed then
     */
    public void adopt(Collection<? extends ComponentType<?>> components) {
        requireOutsideSystems();
        if (hasPendingChanges()) {
            throw new HorizonWorldException(
                    "structural changes wait: apply before components change");
        }
        ComponentRegistry next = new ComponentRegistry(EngineComponents.with(components));
        Map<ComponentType<?>, Successor> successors = Successor.all(tables.types(), next);
        registry.become(next);
        staged.attach();
        tables.adopt(successors);
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
        pending.apply(changes, riders);
        staged.tell(HANDLERS);
        staged.apply(this);
    }

    /** True when handlers asked for structural changes that no apply has made real yet. */
    public boolean hasPendingChanges() {
        return !pending.isEmpty();
    }

    /** Turns the marks of everything written since the last stamp into change ticks. */
    public void stamp(long tick) {
        tables.stamp((int) tick);
    }

    /** Does a table's part of {@link #hash()}: threads may do several at once, unwritten. */
    public void prepareHash(int table) {
        tables.at(table).hash();
    }

    /** The hash of the whole world; ranges that nothing marked answer from a cache. */
    public long hash() {
        return tables.hash(hashStart());
    }

    /** The hash of one component of all entities that have it. */
    public long hash(ComponentType<?> type) {
        return tables.hash(type);
    }

    /** What {@link #hash()} answers when every write was marked, computed from all rows. */
    public long fullHash() {
        return tables.fullHash(hashStart());
    }

    private long hashStart() {
        return RowHash.add(RowHash.add(RowHash.START, ids.block()), ids.counter());
    }

    /** The first rows that changed without a mark since their hash was taken, or null. */
    public @Nullable String unmarkedWrite() {
        return tables.unmarkedWrite();
    }

    /** Frees the catalogue; the world can't be used afterwards. */
    @Override
    public void close() {
        tables.close();
    }

    // ---- for this room -------------------------------------------------------------------------

    /** Where rows are. */
    Tables tables() {
        return tables;
    }

    /** Structural changes, made at once. */
    StructuralChanges changes() {
        return changes;
    }

    Riders riders() {
        return riders;
    }

    EntityIds ids() {
        return ids;
    }

    EntityImage images() {
        return images;
    }

    private void requireOutsideSystems() {
        if (systemsRun) {
            throw new HorizonWorldException(
                    "the world was used inside a system: use the rows, lookup and commands that the"
                            + " system is called with");
        }
    }
}
