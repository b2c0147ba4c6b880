package dev.horizon.engine.systems;

/**
 * Counter-based random numbers: no state, so no order of calls, number of threads or restart
 * changes them. The mixing steps are the finaliser of SplitMix64 (Steele, Lea, Flood: "Fast
 * Splittable Pseudorandom Number Generators", OOPSLA 2014), applied once per key word.
 */
public final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Randomness() {}

    /** 64 bits from the four parts of the key. */
    public static long bits(long seed, long tick, long entity, int purpose) {
        long h = mix(seed + GOLDEN_GAMMA);
        h = mix(h ^ (tick + GOLDEN_GAMMA));
        h = mix(h ^ (entity + GOLDEN_GAMMA));
        return mix(h ^ (purpose + GOLDEN_GAMMA));
    }

    /** Maps 64 random bits to a double in [0, 1) with 53 bits of resolution. */
    public static double uniform(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** One application of the SplitMix64 finaliser: a bijection on 64 bits. */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
