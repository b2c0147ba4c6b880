package dev.horizon.ecs.grid;

import java.util.Arrays;

/**
 * The entries of a layer, once as added and once as sorted. All of one lies side by side, a cache
 * line each: sorting scatters them, and a query that looks at one waits for memory once.
 */
final class Entries {
    /** Words of one entry. */
    private static final int STRIDE = 8;

    private static final int KEY = 0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int Z = 3;
    private static final int ENTITY = 4;

    /** Two floats in a word, the first in its lower half. */
    private static final int DX_DY = 5;

    private static final int DZ_RADIUS = 6;
    private static final int FACTION = 7;

    private final long[] words;

    Entries(int capacity) {
        this(new long[capacity * STRIDE]);
    }

    private Entries(long[] words) {
        this.words = words;
    }

    int capacity() {
        return words.length / STRIDE;
    }

    Entries grown() {
        return new Entries(Arrays.copyOf(words, 2 * words.length));
    }

    void set(
            int entry,
            long cell,
            double x,
            double y,
            double z,
            float dx,
            float dy,
            float dz,
            float radius,
            long entity,
            byte faction) {
        int at = entry * STRIDE;
        words[at + KEY] = cell;
        words[at + X] = Double.doubleToRawLongBits(x);
        words[at + Y] = Double.doubleToRawLongBits(y);
        words[at + Z] = Double.doubleToRawLongBits(z);
        words[at + ENTITY] = entity;
        words[at + DX_DY] = pair(dx, dy);
        words[at + DZ_RADIUS] = pair(dz, radius);
        words[at + FACTION] = faction;
    }

    void key(int entry, long cell) {
        words[entry * STRIDE + KEY] = cell;
    }

    void copy(Entries source, int from, int to) {
        System.arraycopy(source.words, from * STRIDE, words, to * STRIDE, STRIDE);
    }

    long key(int entry) {
        return words[entry * STRIDE + KEY];
    }

    double x(int entry) {
        return Double.longBitsToDouble(words[entry * STRIDE + X]);
    }

    double y(int entry) {
        return Double.longBitsToDouble(words[entry * STRIDE + Y]);
    }

    double z(int entry) {
        return Double.longBitsToDouble(words[entry * STRIDE + Z]);
    }

    long entity(int entry) {
        return words[entry * STRIDE + ENTITY];
    }

    float dx(int entry) {
        return lower(words[entry * STRIDE + DX_DY]);
    }

    float dy(int entry) {
        return upper(words[entry * STRIDE + DX_DY]);
    }

    float dz(int entry) {
        return lower(words[entry * STRIDE + DZ_RADIUS]);
    }

    float radius(int entry) {
        return upper(words[entry * STRIDE + DZ_RADIUS]);
    }

    byte faction(int entry) {
        return (byte) words[entry * STRIDE + FACTION];
    }

    double distanceSquared(int entry, double px, double py, double pz) {
        double ox = x(entry) - px;
        double oy = y(entry) - py;
        double oz = z(entry) - pz;
        return ox * ox + oy * oy + oz * oz;
    }

    private static long pair(float lower, float upper) {
        return Float.floatToRawIntBits(lower) & 0xFFFFFFFFL
                | (long) Float.floatToRawIntBits(upper) << 32;
    }

    private static float lower(long word) {
        return Float.intBitsToFloat((int) word);
    }

    private static float upper(long word) {
        return Float.intBitsToFloat((int) (word >>> 32));
    }
}
