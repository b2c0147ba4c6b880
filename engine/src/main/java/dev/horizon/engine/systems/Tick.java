package dev.horizon.engine.systems;

/** The step being simulated: the only time that a system knows. Don't keep it beyond the call. */
public interface Tick {
    /** Counts from 1; simulated time is {@code number * dt} where the rate never changed. */
    long number();

    /** Simulated seconds of one tick. */
    double dt();

    /** The star system's seed, the base of all randomness. */
    long seed();

    /** 64 random bits: a pure function of (seed, tick, entity, purpose). */
    default long random(long entity, int purpose) {
        return Randomness.bits(seed(), number(), entity, purpose);
    }

    /** A double in [0, 1) from {@link #random}. */
    default double uniform(long entity, int purpose) {
        return Randomness.uniform(random(entity, purpose));
    }
}
