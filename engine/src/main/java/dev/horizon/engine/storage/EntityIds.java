package dev.horizon.engine.storage;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;

/** The ids that a world hands out: a block of its own, and a counter that never goes back. */
final class EntityIds {
    private static final int COUNTER_BITS = 40;
    private static final long COUNTER_MAX = (1L << COUNTER_BITS) - 1;
    private static final int BLOCK_MAX = (1 << 24) - 2;

    private final int block;
    private long counter;

    EntityIds(int block) {
        if (block < 0 || block > BLOCK_MAX) {
            throw new IllegalArgumentException(
                    "id block " + block + " is out of range 0 to " + BLOCK_MAX);
        }
        this.block = block;
    }

    /** Upper 24 bits of each id. */
    int block() {
        return block;
    }

    /** Ids handed out so far. */
    long counter() {
        return counter;
    }

    /** Goes on where a snapshot stopped. */
    void counter(long count) {
        counter = count;
    }

    /** A new id, as {@link EntityId#of} builds it: called in the tick, so without the object. */
    long allocate() {
        if (counter == COUNTER_MAX) {
            throw new HorizonWorldException("id block " + block + " is used up");
        }
        return ((long) block << COUNTER_BITS) | ++counter;
    }

    /** Takes over an id from elsewhere, so that this world never hands it out itself. */
    long claim(long id) {
        EntityId claimed = new EntityId(id);
        if (claimed.block() == block) {
            counter = Math.max(counter, claimed.counter());
        }
        return id;
    }
}
