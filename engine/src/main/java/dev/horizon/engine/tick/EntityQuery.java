package dev.horizon.engine.tick;

import java.util.List;

/**
 * Which entities to copy.
 *
 * @param with names of components that they have
 * @param without names of components that they lack
 * @param limit the most entities to answer
 */
public record EntityQuery(List<String> with, List<String> without, int limit) {
    /** The most entities of one answer. */
    public static final int LIMIT_MAX = 100_000;

    /** Copies the lists. */
    public EntityQuery {
        with = List.copyOf(with);
        without = List.copyOf(without);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is " + limit + ", set 1 to " + LIMIT_MAX);
        }
    }
}
