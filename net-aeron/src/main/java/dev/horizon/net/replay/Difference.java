package dev.horizon.net.replay;

import java.util.List;

/**
 * A tick that came to something else than its tape says.
 *
 * @param tick the first that differs
 * @param recordedHash of the world
 * @param hash of the world as it came out
 * @param recordedEntities in it
 * @param entities as it came out
 * @param components whose rows differ; empty where entities alone do, or the tape doesn't tell
 */
public record Difference(
        long tick,
        long recordedHash,
        long hash,
        long recordedEntities,
        long entities,
        List<String> components) {
    /** Copies the list. */
    public Difference {
        components = List.copyOf(components);
    }
}
