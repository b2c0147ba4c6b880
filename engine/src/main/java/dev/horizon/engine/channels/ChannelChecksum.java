package dev.horizon.engine.channels;

/**
 * What both ends of a channel sum up of its slots, so that a receiver which is wrong without having
 * lost anything notices at the next beacon: {@code docs/replication.md}. Pure; allocates nothing.
 */
public final class ChannelChecksum {
    /** In a beacon: says nothing. */
    public static final int NONE = 0;

    private static final int MULTIPLIER = 0x9E3779B1;

    private ChannelChecksum() {}

    /** A slot's part: who has it. */
    public static int identity(int slot, int generation, long entityId) {
        int hash = mix(mix(0, slot), generation & 0xFF);
        return mix(hash, entityId);
    }

    /** A slot's part once it has a place: what was said last of it. */
    public static int place(int slot, long tick, double x, double y, double z) {
        int hash = mix(mix(1, slot), (int) tick);
        hash = mix(hash, Double.doubleToRawLongBits(x));
        hash = mix(hash, Double.doubleToRawLongBits(y));
        return mix(hash, Double.doubleToRawLongBits(z));
    }

    /** What a beacon says of a sum: never {@link #NONE}. */
    public static int spoken(int sum) {
        return sum == NONE ? 1 : sum;
    }

    private static int mix(int hash, long word) {
        return mix(mix(hash, (int) word), (int) (word >>> 32));
    }

    private static int mix(int hash, int word) {
        int product = (hash ^ word) * MULTIPLIER;
        return product ^ (product >>> 15);
    }
}
