package dev.horizon.net.edge;

import java.util.Arrays;

/** Of which entities a near tier was dropped, or told to others, in the latest round with any. */
final class Drops {
    private static final int WORD_SHIFT = 6;

    /** A bit of each entity. */
    private long[] entities = new long[0];

    private int round;

    void ensure(int count) {
        entities = Arrays.copyOf(entities, (count >> WORD_SHIFT) + 1);
    }

    void add(int entity, int now) {
        if (round != now) {
            round = now;
            Arrays.fill(entities, 0);
        }
        entities[entity >> WORD_SHIFT] |= 1L << entity;
    }

    /** The latest round with any. */
    int round() {
        return round;
    }

    /** True for one of that round. */
    boolean contains(int entity) {
        return (entities[entity >> WORD_SHIFT] & 1L << entity) != 0;
    }
}
