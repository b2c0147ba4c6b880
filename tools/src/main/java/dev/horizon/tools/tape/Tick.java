package dev.horizon.tools.tape;

import java.util.Map;

/**
 * What a tape says that a tick came to.
 *
 * @param number its number
 * @param hash of the whole world
 * @param entities in it
 * @param columns hashes of components that changed, by the component's number in the setup
 */
public record Tick(long number, long hash, long entities, Map<Integer, Long> columns) {
    /** Copies the map. */
    public Tick {
        columns = Map.copyOf(columns);
    }
}
