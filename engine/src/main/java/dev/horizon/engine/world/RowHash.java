package dev.horizon.engine.world;

/**
 * Hashes arrays by their exact bits, floating-point numbers by their raw ones; for generated code
 * and the engine. Four independent lanes keep the multiplier busy; each step is a bijection of its
 * lane, so a change of one value always changes the result of its lane. Not for untrusted keys.
 * Allocates nothing.
 */
public final class RowHash {
    /** What to start from. */
    public static final long START = 0x243F6A8885A308D3L;

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long LANE_B = 0x13198A2E03707344L;
    private static final long LANE_C = 0xA4093822299F31D0L;
    private static final long LANE_D = 0x082EFA98EC4E6C89L;

    private RowHash() {}

    /** Adds one value. */
    public static long add(long hash, long value) {
        long h = (hash ^ value) * PRIME;
        h ^= h >>> 32;
        h *= LANE_C | 1;
        return h ^ (h >>> 29);
    }

    /** Adds long values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, long[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ values[i]) * PRIME;
            b = (b ^ values[i + 1]) * PRIME;
            c = (c ^ values[i + 2]) * PRIME;
            d = (d ^ values[i + 3]) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ values[i]) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds double values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, double[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ Double.doubleToRawLongBits(values[i])) * PRIME;
            b = (b ^ Double.doubleToRawLongBits(values[i + 1])) * PRIME;
            c = (c ^ Double.doubleToRawLongBits(values[i + 2])) * PRIME;
            d = (d ^ Double.doubleToRawLongBits(values[i + 3])) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ Double.doubleToRawLongBits(values[i])) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds float values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, float[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ Float.floatToRawIntBits(values[i])) * PRIME;
            b = (b ^ Float.floatToRawIntBits(values[i + 1])) * PRIME;
            c = (c ^ Float.floatToRawIntBits(values[i + 2])) * PRIME;
            d = (d ^ Float.floatToRawIntBits(values[i + 3])) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ Float.floatToRawIntBits(values[i])) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds int values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, int[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ values[i]) * PRIME;
            b = (b ^ values[i + 1]) * PRIME;
            c = (c ^ values[i + 2]) * PRIME;
            d = (d ^ values[i + 3]) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ values[i]) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds short values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, short[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ values[i]) * PRIME;
            b = (b ^ values[i + 1]) * PRIME;
            c = (c ^ values[i + 2]) * PRIME;
            d = (d ^ values[i + 3]) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ values[i]) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds char values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, char[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ values[i]) * PRIME;
            b = (b ^ values[i + 1]) * PRIME;
            c = (c ^ values[i + 2]) * PRIME;
            d = (d ^ values[i + 3]) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ values[i]) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds byte values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, byte[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ values[i]) * PRIME;
            b = (b ^ values[i + 1]) * PRIME;
            c = (c ^ values[i + 2]) * PRIME;
            d = (d ^ values[i + 3]) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ values[i]) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    /** Adds boolean values {@code from} to {@code to}, exclusive. */
    public static long add(long hash, boolean[] values, int from, int to) {
        long a = hash;
        long b = hash ^ LANE_B;
        long c = hash ^ LANE_C;
        long d = hash ^ LANE_D;
        int i = from;
        for (int end = to - 3; i < end; i += 4) {
            a = (a ^ (values[i] ? 1 : 0)) * PRIME;
            b = (b ^ (values[i + 1] ? 1 : 0)) * PRIME;
            c = (c ^ (values[i + 2] ? 1 : 0)) * PRIME;
            d = (d ^ (values[i + 3] ? 1 : 0)) * PRIME;
            a ^= a >>> 32;
            b ^= b >>> 32;
            c ^= c >>> 32;
            d ^= d >>> 32;
        }
        for (; i < to; i++) {
            a = (a ^ (values[i] ? 1 : 0)) * PRIME;
            a ^= a >>> 32;
        }
        return join(a, b, c, d, to - from);
    }

    private static long join(long a, long b, long c, long d, int count) {
        return add(add(add(add(a, b), c), d), count);
    }
}
