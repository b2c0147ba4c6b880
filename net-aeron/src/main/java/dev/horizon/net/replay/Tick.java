package dev.horizon.net.replay;

import java.util.Map;

/**
 * What a tape says that a tick came to.
 *
 * @param number its number
 * @param hash of the whole world
 * @param entities in it
 * @param nanos of real time that it took, 0 on a tape of version 2
 * @param faults handlers and systems that threw in it, 0 on a tape of version 2
 * @param columns hashes of components that changed, by the component's number in the setup
 */
public record Tick(
        long number, long hash, long entities, long nanos, int faults, Map<Integer, Long> columns) {
    /** Copies the map. */
    public Tick {
        columns = Map.copyOf(columns);
    }
}
