package dev.horizon.engine.systems;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;

/**
 * Structural changes asked for by a system. They take effect when all systems of the tick are done,
 * in (system, range, sequence) order. A change to an entity that is gone by then is dropped. Once
 * its buffers have grown, nothing is allocated.
 */
public interface Commands {
    /**
     * Prepares a new entity. Set its fields through {@link #column}; they start at zero.
     *
     * @param composition held in a constant by the caller; all its components declared as spawned
     * @return its row in the staging columns of this composition
     */
    int spawn(Composition composition);

    /**
     * The staging column of a composition; replaced when another spawn makes it grow, so fetch it
     * after {@link #spawn}.
     */
    <C extends Column<?>> C column(Composition composition, ComponentType<C> type);

    /**
     * The provisional id of a prepared entity: may be stored in EntityId fields of other rows
     * prepared in the same call (such as a parent), where it becomes the real id.
     */
    long provisionalId(Composition composition, int row);

    /** Removes an entity and all that ride in it. */
    void destroy(long entityId);

    /**
     * Adds a component to an entity, or overwrites it.
     *
     * @return the row in {@code column(type)} where its value is to be written
     */
    int add(long entityId, ComponentType<?> type);

    /** The staging column of added components. */
    <C extends Column<?>> C column(ComponentType<C> type);

    /** Removes a component from an entity. */
    void remove(long entityId, ComponentType<?> type);
}
