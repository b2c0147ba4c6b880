package dev.horizon.engine.world;

/**
 * Identity of an entity: unique in the galaxy, never reused. The upper 24 bits are a block leased
 * by the coordinator (fixed for a lone node), the lower 40 bits count within it.
 *
 * @param value the 64 bits; 0 is {@link #NONE}
 */
public record EntityId(long value) {
    /** No entity. */
    public static final EntityId NONE = new EntityId(0);

    private static final int COUNTER_BITS = 40;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    /**
     * Builds an id from its parts.
     *
     * @throws IllegalArgumentException when the block needs more than 24 bits or the counter more
     *     than 40
     */
    public static EntityId of(int block, long counter) {
        if (block >>> 24 != 0 || (counter & ~COUNTER_MASK) != 0) {
            throw new IllegalArgumentException(
                    "entity id out of range: block " + block + ", counter " + counter);
        }
        return new EntityId(((long) block << COUNTER_BITS) | counter);
    }

    /** The leased block, 24 bits. */
    public int block() {
        return (int) (value >>> COUNTER_BITS);
    }

    /** The count within the block, 40 bits. */
    public long counter() {
        return value & COUNTER_MASK;
    }

    /** True for {@link #NONE}. */
    public boolean isNone() {
        return value == 0;
    }

    /** Reads what {@link #toString()} writes: {@code block:counter} in decimal. */
    public static EntityId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "not an entity id: '" + text + "' (expected block:counter, as in 1:42)");
        }
        return of(
                Integer.parseInt(text.substring(0, colon)),
                Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return block() + ":" + counter();
    }
}
