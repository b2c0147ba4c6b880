package dev.horizon.plugins.sol;

import dev.horizon.engine.systems.Randomness;

/** Random numbers in a row, for laying out the system: a counter under a seed. */
final class Dice {
    private final long seed;
    private long thrown;

    Dice(long seed) {
        this.seed = seed;
    }

    double between(double least, double most) {
        return least + (most - least) * Randomness.uniform(next());
    }

    int below(int bound) {
        return (int) (Randomness.uniform(next()) * bound);
    }

    double angle() {
        return between(0, 2 * Math.PI);
    }

    private long next() {
        return Randomness.bits(seed, thrown++, 0, 0);
    }
}
