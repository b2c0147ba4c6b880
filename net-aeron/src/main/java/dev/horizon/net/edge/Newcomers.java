package dev.horizon.net.edge;

/** The near channels for all that came last: who knows what is around a cell learns of them. */
final class Newcomers {
    /** So many of the latest can still be asked for. */
    static final int KEPT = 1 << 10;

    private final long[] ids = new long[KEPT];
    private long count;

    void add(long channelId) {
        ids[(int) (count++ & KEPT - 1)] = channelId;
    }

    /** Those that came so far. */
    long count() {
        return count;
    }

    /** One of the latest {@link #KEPT} of them, by its number from 0. */
    long at(long number) {
        return ids[(int) (number & KEPT - 1)];
    }
}
