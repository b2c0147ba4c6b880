package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;

/**
 * What the encoder did since it was made. Written by the tick thread; others may read stale values.
 */
public final class EncoderCounters {
    final long[] frames = new long[Tier.values().length];
    final long[] bytes = new long[Tier.values().length];
    final long[] placeRows = new long[Tier.values().length];
    final long[] attitudeRows = new long[Tier.values().length];
    final long[] componentRows = new long[Tier.values().length];
    long keyframes;
    long refusedFrames;
    long lostFrames;
    long beacons;
    long refusedSubscriptions;
    long splits;
    long merges;
    long recuts;

    EncoderCounters() {}

    /** Adds what another counted since it was asked last. */
    void take(EncoderCounters other) {
        take(frames, other.frames);
        take(bytes, other.bytes);
        take(placeRows, other.placeRows);
        take(attitudeRows, other.attitudeRows);
        take(componentRows, other.componentRows);
        keyframes += other.keyframes;
        refusedFrames += other.refusedFrames;
        other.keyframes = 0;
        other.refusedFrames = 0;
    }

    private static void take(long[] to, long[] from) {
        for (int tier = 0; tier < to.length; tier++) {
            to[tier] += from[tier];
            from[tier] = 0;
        }
    }

    /** Frames of a tier. */
    public long frames(Tier tier) {
        return frames[tier.ordinal()];
    }

    /** Bytes of a tier's frames, headers included. */
    public long bytes(Tier tier) {
        return bytes[tier.ordinal()];
    }

    /** Place rows of a tier. */
    public long placeRows(Tier tier) {
        return placeRows[tier.ordinal()];
    }

    /** Attitude rows of a tier. */
    public long attitudeRows(Tier tier) {
        return attitudeRows[tier.ordinal()];
    }

    /** Component rows of a tier. */
    public long componentRows(Tier tier) {
        return componentRows[tier.ordinal()];
    }

    /** Keyframes, of all tiers. */
    public long keyframes() {
        return keyframes;
    }

    /** Frames for which there was no room. */
    public long refusedFrames() {
        return refusedFrames;
    }

    /** Frames that could not go out when they were released. */
    public long lostFrames() {
        return lostFrames;
    }

    /** Beacons. */
    public long beacons() {
        return beacons;
    }

    /** Subscriptions to what can't exist, and those beyond a gateway's bound. */
    public long refusedSubscriptions() {
        return refusedSubscriptions;
    }

    /** Times that a cell split in eight. */
    public long splits() {
        return splits;
    }

    /** Times that the parts of a cell merged. */
    public long merges() {
        return merges;
    }

    /** Messages that told receivers which slots moved to which channel. */
    public long recuts() {
        return recuts;
    }
}
