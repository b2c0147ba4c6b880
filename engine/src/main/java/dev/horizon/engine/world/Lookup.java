package dev.horizon.engine.world;

import org.jspecify.annotations.Nullable;

/**
 * Random access to rows by entity. A location packs a table and a row; it is good until the next
 * apply. Safe for systems that run in parallel; allocates nothing.
 */
public interface Lookup {
    /** What {@link #locate} answers for an entity that has no row. */
    long NOWHERE = -1L;

    /**
     * The location of an entity, or {@link #NOWHERE}; of a ghost where who looks asks for ghosts.
     */
    long locate(long entityId);

    /**
     * The same for one that was found before: cheaper where it still is there.
     *
     * @param before its location then, of any tick, or {@link #NOWHERE}
     */
    default long locate(long entityId, long before) {
        return locate(entityId);
    }

    /** The row of a location, an index into the columns that {@link #column} returns. */
    static int row(long location) {
        return (int) location;
    }

    /** The table of a location, an ordinal in order of creation. */
    static int table(long location) {
        return (int) (location >>> 32);
    }

    /** Packs a location. */
    static long location(int table, int row) {
        return ((long) table << 32) | (row & 0xFFFFFFFFL);
    }

    /**
     * The column for reading, or null where the location's table lacks the component.
     *
     * @throws HorizonWorldException when a system asks for a component that it didn't declare
     */
    <C extends Column<?>> @Nullable C column(ComponentType<C> type, long location);

    /** The id of the entity at a location. */
    long entityAt(long location);

    /** The first entity that rides in this one, or 0. */
    long firstChild(long entityId);

    /** The next entity that rides in the same parent, or 0. */
    long nextSibling(long entityId);
}
