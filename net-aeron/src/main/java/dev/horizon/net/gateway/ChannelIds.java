package dev.horizon.net.gateway;

/** The bits of a channel id that a gateway looks at; see {@code docs/replication.md}. */
final class ChannelIds {
    /** Kinds: (size class, tier), the upper four bits. */
    static final int KINDS = 16;

    static final int SIZE_CLASSES = 4;

    private static final long NO_CELL = 0x80000L;
    private static final long WHOLE = (NO_CELL << 40) | (NO_CELL << 20) | NO_CELL;
    private static final long KIND_MASK = 0xFL << 60;

    private ChannelIds() {}

    static int kind(long channelId) {
        return (int) (channelId >>> 60);
    }

    static int tier(long channelId) {
        return kind(channelId) & 3;
    }

    /** The id that stands for all channels of the size class and tier of this one. */
    static long wholeTier(long channelId) {
        return (channelId & KIND_MASK) | WHOLE;
    }

    static long wholeTier(int sizeClass, int tier) {
        return ((long) sizeClass << 62) | ((long) tier << 60) | WHOLE;
    }

    static boolean isWholeTier(long channelId) {
        return (channelId & ~KIND_MASK) == WHOLE;
    }
}
