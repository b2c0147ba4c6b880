package dev.horizon.engine.world;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The world as handlers, commands and tests use it: by entity and record, one at a time, on the
 * tick thread, outside systems. Pleasant, not fast: it makes records. Structural changes become
 * visible when the current batch of handlers is done, before systems run. {@link Ghost}s aren't in
 * it, but for {@link #readGhost} and {@code forEach(Ghost.class, ...)}.
 */
public interface World {
    /**
     * Creates an entity. Its id is valid at once, its row exists from the next apply on.
     *
     * @throws HorizonWorldException when a component isn't registered, or one is given twice
     */
    EntityId create(Record... components);

    /** Removes an entity and all that ride in it; does nothing where it doesn't exist. */
    void destroy(EntityId entity);

    /** True when the entity has a row, or is to be created by the next apply. */
    boolean exists(EntityId entity);

    /** The component of an entity, or null where either is missing. Sees pending creations. */
    <R extends Record> @Nullable R read(EntityId entity, Class<R> component);

    /** Sets a component; adds it (at the next apply) where the entity lacks it. */
    void write(EntityId entity, Record component);

    /** Removes a component at the next apply. */
    void remove(EntityId entity, Class<? extends Record> component);

    /**
     * The one entity that holds a component of this type, for globals: created with the given value
     * at first use. A plugin's counters and settings live here.
     */
    <R extends Record> EntityId singleton(R initial);

    /** Calls for each entity that has the component, in table and row order. */
    default void forEach(Class<? extends Record> component, Consumer<EntityId> visit) {
        forEach(component, visit, (id, to) -> to.accept(id));
    }

    /**
     * The same, handing something on: a method reference that captures nothing costs no allocation,
     * which matters to what runs every tick.
     */
    <T> void forEach(Class<? extends Record> component, T with, BiConsumer<EntityId, T> visit);

    /**
     * Calls for each entity whose component has this value in the field that is its {@link Key}, in
     * table and row order. Takes as long as there are such entities, and once after each structural
     * change of the component's tables as long as these have rows.
     *
     * @param key for a field of type {@link EntityId}, its {@link EntityId#value value}
     * @throws HorizonWorldException when the component has no such field
     */
    void forEach(Class<? extends Record> component, long key, Consumer<EntityId> visit);

    /** The first entity that {@link #forEach(Class, long, Consumer)} visits, or null. */
    default @Nullable EntityId find(Class<? extends Record> component, long key) {
        return find(component, key, component);
    }

    /** The first of them that has another component too, or null. */
    @Nullable EntityId find(
            Class<? extends Record> component, long key, Class<? extends Record> having);

    /**
     * A component of a ghost: of what another node has near the border. Null where either is
     * missing, or the entity is here.
     */
    <R extends Record> @Nullable R readGhost(EntityId entity, Class<R> component);

    /** True for an entity that is here, and for a ghost: for what a player may aim at. */
    default boolean isSeen(EntityId entity) {
        return exists(entity) || readGhost(entity, Ghost.class) != null;
    }

    /** Entities alive; no ghosts. */
    int entities();

    /** Direct access to columns for reading. */
    Lookup lookup();
}
