package dev.horizon.engine.storage;

import dev.horizon.engine.world.Lookup;
import org.agrona.collections.Long2LongHashMap;

/**
 * Where each entity's row is: from id to (table, row). Read from many threads while systems run;
 * changed by the tick thread between.
 */
final class EntityIndex {
    private static final int CAPACITY_INITIAL = 1024;
    private static final float LOAD_FACTOR = 0.55f;

    private final Long2LongHashMap locations =
            new Long2LongHashMap(CAPACITY_INITIAL, LOAD_FACTOR, Lookup.NOWHERE, true);

    /** The location of an entity, or {@link Lookup#NOWHERE}. */
    long locate(long entityId) {
        return locations.get(entityId);
    }

    void put(long entityId, int table, int row) {
        locations.put(entityId, Lookup.location(table, row));
    }

    void remove(long entityId) {
        locations.remove(entityId);
    }

    int size() {
        return locations.size();
    }
}
